import ArgumentParser
import Needscast

/// Models with commas between them: `naive,ets(A,Ad,N)`. A comma inside parentheses or quotation marks belongs to a
/// specification.
struct ModelsArgument {
  /// The models, each under its specification as it was written.
  let contenders: [Backtest.Contender]

  /// - Throws: `ValidationError` for a model that there is not, or that is named twice.
  init(_ text: String) throws {
    var contenders: [Backtest.Contender] = []
    for name in Self.divided(text) {
      guard !name.isEmpty else {
        throw ValidationError(
          "write models with one comma between them, such as naive,drift,\"ets(A,Ad,N)\".")
      }
      guard !contenders.contains(where: { $0.name == name }) else {
        throw ValidationError("the model \(name) is named twice; name each once.")
      }
      do {
        contenders.append(Backtest.Contender(try ModelCatalogue.model(named: name), name: name))
      } catch {
        throw ValidationError("\(error).")
      }
    }
    self.contenders = contenders
  }

  /// The columns that the models want as regressors, each once.
  func regressorNames() throws -> [String] {
    var names: [String] = []
    for contender in contenders {
      for name in try ModelExpression(contender.name).regressorNames where !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }

  /// A text divided at its commas outside parentheses and quotation marks, spaces at the ends taken off.
  static func divided(_ text: String) -> [String] {
    var (parts, depth, isQuoted) = ([""], 0, false)
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted: depth -= 1
      case "," where !isQuoted && depth <= 0:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
