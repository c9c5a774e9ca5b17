import ArgumentParser
import Needscast

/// An error on its way to the command line: its sentences on standard error, and its exit code of the contract.
struct Failure: Error {
  let message: String
  let code: Int32

  /// Codes of sysexits that the contract uses beside those of ``EvidenceError``.
  static let wrongArguments: Int32 = 64
  static let wrongData: Int32 = 65
  static let noInput: Int32 = 66
  static let internalFault: Int32 = 70
  static let cannotWrite: Int32 = 73

  init(_ message: String, code: Int32) {
    self.message = message
    self.code = code
  }

  init(_ error: any Error) {
    message = "\(error)"
    code =
      switch error {
      case let error as EvidenceError: error.exitCode
      case is CommissioningError, is ForecastingError, is IndicatorsError, is TimeSeriesError: Self.wrongData
      default: Self.internalFault
      }
  }

  /// Says what is wrong and gives the exit code to throw.
  var exit: ExitCode {
    StandardStreams.error(message + "\n")
    return ExitCode(code)
  }

  /// Runs a verb's work; whatever it throws becomes sentences and an exit code.
  static func reporting(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as Failure {
      throw failure.exit
    } catch let exit as ExitCode {
      throw exit
    } catch let error as ValidationError {
      throw error
    } catch {
      throw Failure(error).exit
    }
  }
}
