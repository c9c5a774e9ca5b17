#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of a command as a user runs it, a whole process, with what it prints thrown away and the operating system's own
/// account of what it took.
public struct TimedRun {
  /// The time from start to end, in seconds.
  public let seconds: Double
  /// The time that processors worked for it, its own and the system's, in seconds.
  public let processorSeconds: Double
  /// The peak of the memory it held.
  public let megabytes: Double

  /// Runs a command; nil when it could not be started or failed.
  ///
  /// - Parameters:
  ///   - words: the path of the command and its arguments.
  ///   - accepted: the exit codes that are no failure, such as 65 where some series could not be forecast and the others were.
  public init?(_ words: [String], accepting accepted: Set<Int32> = [0]) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let start = Self.now()
    guard posix_spawn(&process, words[0], &actions, nil, arguments, environ) == 0 else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, 0, &usage) == process, status & 0x7f == 0, accepted.contains(status >> 8)
    else {
      return nil
    }
    seconds = Self.now() - start
    processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    #if canImport(Darwin)
      megabytes = Double(usage.ru_maxrss) / 1_048_576
    #else
      megabytes = Double(usage.ru_maxrss) / 1024
    #endif
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
