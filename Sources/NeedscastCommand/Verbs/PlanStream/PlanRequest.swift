import ArgumentParser
import Needscast

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A line of `needscast plan -`: a workspace, and what one run of it chooses.
struct PlanRequest {
  /// What the caller calls the workspace.
  let workspace: String
  /// What the caller calls the run; empty where that is not said.
  let run: String
  /// The files of the workspace, as text by their path in it; nil for those of the request before.
  let files: [String: String]?
  /// The scenarios; nil for those of the command line.
  let scenarios: [String]?
  /// The changes to the workspace, made after those of the command line.
  let changes: [Override]
  /// The number of simulated futures; nil for that of the command line.
  let draws: Int?
  /// The seed; nil for that of the command line.
  let seed: UInt64?
  /// The date whose knowledge is used; nil for that of the command line.
  let asOf: CivilDate?
  /// The last year of the plan; nil for that of the command line.
  let to: FinancialYear?

  /// Why a line is no request.
  struct Fault: Error {
    /// What could be read of the name of the workspace and of the run.
    var workspace = ""
    var run = ""
    let message: String
  }

  /// Reads a line.
  init(_ line: RequestLines.Line) throws(Fault) {
    guard case .text(let bytes) = line else {
      throw Fault(
        message: "the line is longer than \(RequestLines.longest) bytes; give fewer or smaller files")
    }
    guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
      throw Fault(message: "the line is not UTF-8, or has a NUL byte in it; write JSON in UTF-8")
    }
    do {
      self = try JSONDecoder().decode(PlanRequest.self, from: Data(bytes))
    } catch let fault as Fault {
      throw fault
    } catch DecodingError.typeMismatch {
      throw Fault(message: "the line is JSON and no object; \(Self.form)")
    } catch {
      throw Fault(message: "the line is not JSON; \(Self.form)")
    }
  }

  private static let form =
    #"write a request as one object on one line, such as {"workspace": "Sefton", "files": {"workspace.yaml": "..."}}"#
}

extension PlanRequest: Decodable {
  /// A key of the contract.
  private enum Key: String, CodingKey, CaseIterable {
    case workspace, run, files, scenarios, set, draws, seed, asOf, to
  }

  /// Any key, so that those that mean nothing can be named.
  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The values of a line, read one by one, so that what is wrong with one can name it.
  private struct Values {
    let container: KeyedDecodingContainer<Key>
    var workspace = ""
    var run = ""

    func fault(_ message: String) -> Fault { Fault(workspace: workspace, run: run, message: message) }

    func value<Value: Decodable>(
      of key: Key, as type: Value.Type = Value.self, _ wanted: String
    ) throws(Fault) -> Value? {
      do {
        return try container.decodeIfPresent(type, forKey: key)
      } catch {
        throw fault("\"\(key.rawValue)\" must be \(wanted)")
      }
    }

    /// A text, read as an option of the command line reads it.
    func value<Value>(
      of key: Key, _ wanted: String, reading: (String) throws -> Value
    ) throws(Fault) -> Value? {
      guard let text = try value(of: key, as: String.self, wanted) else { return nil }
      return try read(text, of: key, reading)
    }

    func read<Value>(
      _ text: String, of key: Key, _ reading: (String) throws -> Value
    ) throws(Fault) -> Value {
      do {
        return try reading(text)
      } catch {
        let advice = (error as? ValidationError)?.message ?? "\(error)"
        let clause = advice.hasSuffix(".") ? String(advice.dropLast()) : advice
        throw fault(
          "\"\(text)\" in \"\(key.rawValue)\": \(clause)")
      }
    }
  }

  init(from decoder: any Decoder) throws {
    var values = Values(container: try decoder.container(keyedBy: Key.self))
    workspace = try values.value(of: .workspace, "a text, the name of the workspace") ?? ""
    values.workspace = workspace
    run = try values.value(of: .run, "a text, the name of the run") ?? ""
    values.run = run
    let known = Set(Key.allCases.map(\.rawValue))
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    if let unknown = keys.filter({ !known.contains($0) }).min() {
      throw values.fault(
        "unknown key \"\(unknown)\"; " + NearestName.advice(for: unknown, among: Key.allCases.map(\.rawValue))
      )
    }
    guard !workspace.isEmpty else {
      throw values.fault("\"workspace\" is missing or empty; give the workspace a name")
    }
    files = try values.value(
      of: .files, #"an object of texts by their path, such as {"workspace.yaml": "..."}"#)
    scenarios = try values.value(of: .scenarios, #"a list of texts, such as ["base"]"#)
    let set: [String]? = try values.value(of: .set, #"a list of texts, such as ["plan.to=2029/30"]"#)
    changes = try (set ?? []).map { try values.read($0, of: .set, ArgumentForms.change) }
    let number: Int? = try values.value(of: .draws, "a whole number from 1 to 10,000,000")
    draws = try number.map { try values.read("\($0)", of: .draws, ArgumentForms.draws) }
    seed = try values.value(of: .seed, "a whole number from 0 to \(UInt64.max)")
    asOf = try values.value(of: .asOf, #"a day as text, such as "2021-09-01""#, reading: ArgumentForms.day)
    to = try values.value(
      of: .to, #"a financial year as text, such as "2029/30""#, reading: ArgumentForms.financialYear)
  }
}
