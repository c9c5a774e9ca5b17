import Evidence
import TimeSeries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@main
struct ReadingBenchmark {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 2, arguments[0] == "read" || arguments[0] == "stream" {
      Reading.run(arguments[1], isStreamed: arguments[0] == "stream")
    } else if arguments.count == 4, arguments[0] == "make", let measures = Int(arguments[1]), let order = PublishedRows.Order(rawValue: arguments[2]) {
      print(PublishedRows(measures: measures, order: order).write(in: arguments[3]) ?? "failed")
    }
  }
}
