import Foundation
import Testing

@Suite("needscast waits")
struct WaitsVerbTests {
  static let target = "92% within 18 weeks by 2025-03"

  /// A file of lists: the first is sound, the second what a test makes of it.
  static func lists(_ second: String = "") -> String {
    """
    needscast: 1
    area: Anytown
    lists:
      therapy:
        kind: physiotherapy
        start: 2024-01-01
        waiting: {children: 120, evenly-over-weeks: 20, source: our own count}
        referrals: {a-year: {low: 260, most-likely: 300, high: 340}, reason: of the last year}
        capacity: {a-year: 310, reason: of the contract}
        unit-cost: {pounds: 500, reason: of the contract}
    \(second)

    """
  }

  private func document(_ arguments: [String]) throws -> [String: Any] {
    let run = try Command.run(["waits"] + arguments + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test("Sefton's lists are reported side by side and one by one, from what is published and what is assumed")
  func sefton() throws {
    let run = try Command.run(["waits", "Datasets/sefton", "--draws", "30"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("Waiting lists, Sefton: where they stand"))
    for name in [
      "Paediatric dietetics", "Occupational therapy", "Physiotherapy", "Speech and language therapy",
      "Community paediatrics", "Autism assessment", "Child and adolescent mental health services",
      "Education, health and care assessments",
    ] {
      #expect(run.output.contains("\n\(name)"))
    }
    #expect(run.output.contains("published: ") && run.output.contains("assumed: "))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test(
    "a target is answered with the least capacity, its cost and its probability, the same on any number of threads"
  )
  func target() throws {
    let arguments = [
      "waits", "Datasets/sefton", "--list", "speech-and-language-therapy", "--target", Self.target,
      "--confidence",
      "80", "--draws", "60",
    ]
    let one = try Command.run(arguments + ["--jobs", "1"])
    let two = try Command.run(arguments + ["--jobs", "2"])
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output == two.output)
    let text = one.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      text.contains(
        "92% of those waiting within 18 weeks by 2025-03-31, met and held on the expected course: it takes"))
    #expect(text.contains("met and held in at least 80% of simulated futures: it takes"))
    #expect(text.contains("each)"))
    let other = try Command.run(arguments + ["--seed", "2"])
    #expect(other.output != one.output)
  }

  @Test("a ramp, more capacity and a later day change the answer as they should") func options() throws {
    func places(_ more: [String]) throws -> Double {
      let lists = try document(
        [
          "Datasets/sefton", "--list", "speech-and-language-therapy", "--draws", "20", "--target",
          Self.target,
        ] + more)
      let list = try #require((lists["lists"] as? [[String: Any]])?.first)
      let answer = try #require((list["targets"] as? [[String: Any]])?.first)
      return try #require(answer["additionalCapacity"] as? Double)
    }
    let level = try places([])
    #expect(level > 0)
    #expect(try places(["--ramp"]) > level)
    #expect(try places(["--from", "2024-09-01"]) > level)
    #expect(try places(["--weeks", "90"]) <= level)
  }

  @Test("with more capacity fewer wait, month by month") func extra() throws {
    func waiting(_ more: [String]) throws -> [Double] {
      let lists = try document(["Datasets/sefton", "--list", "camhs", "--draws", "20", "--monthly"] + more)
      let list = try #require((lists["lists"] as? [[String: Any]])?.first)
      return try #require(list["steps"] as? [[String: Any]]).compactMap { $0["expectedWaiting"] as? Double }
    }
    let (plain, more) = (try waiting([]), try waiting(["--extra", "2"]))
    #expect(plain.count == 23 && plain.count == more.count)
    #expect(zip(more, plain).allSatisfy { $0 < $1 })
  }

  @Test("demand and capacity are estimated from a series file, which standard input may be") func series()
    throws
  {
    let path = "Datasets/invented/waiting-list.csv"
    let run = try Command.run(["waits", path, "--draws", "20"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("What the counts say"))
    #expect(run.output.contains("standard error"))
    let text = try String(contentsOf: Command.root.appending(path: path), encoding: .utf8)
    let input = try Command.run(["waits", "-", "--draws", "20", "--format", "csv"], input: text)
    #expect(input.status == 0, "\(input.errors)")
    #expect(input.output.hasPrefix("list,section,period,quantity,unit,mean,low,middle,high,note\n"))
    #expect(input.output.contains("estimate,,load,"))
  }

  @Test("a chart is of one list, and is written whole or not at all") func chart() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "waits.svg").path
    let arguments = ["waits", "Datasets/sefton", "--format", "svg", "--draws", "20", "--output", path]
    let all = try Command.run(arguments)
    #expect(all.status == 64)
    #expect(all.errors.contains("--format svg draws one list, and there are 8"))
    #expect(folder.names.isEmpty)
    let one = try Command.run(arguments + ["--list", "ehc-assessments"])
    #expect(one.status == 0, "\(one.errors)")
    #expect(folder.names == ["waits.svg"])
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<svg "))
    #expect(try Command.run(arguments + ["--list", "camhs"]).status == 73)
  }

  @Test("one list that is wrong is a sentence with its place, and the rest is reported") func oneWrong()
    throws
  {
    let folder = try TemporaryFolder()
    let second = """
        broken:
          kind: anything at all
          start: 2024-01-01
          waiting: {children: 120, evenly-over-weeks: 20, source: count}
          referrals: {a-year: 300, reason: r}
          capacity: {a-year: 0, reason: r}
      """
    let path = try folder.write(Self.lists(second), to: "lists.yaml")
    let run = try Command.run(["waits", path, "--draws", "20"])
    #expect(run.status == 65)
    #expect(run.output.contains("therapy (physiotherapy), Anytown"))
    #expect(run.errors.contains("lists.yaml:16:"), "\(run.errors)")
    #expect(run.errors.contains("capacity is 0; a list from which nobody is seen"))
    #expect(run.errors.contains("write a number above 0"))
    // A list that is sound is not held up by one that is not wanted.
    #expect(try Command.run(["waits", path, "--draws", "20", "--list", "therapy"]).status == 0)
    #expect(try Command.run(["waits", path, "--draws", "20", "--list", "broken"]).status == 65)
    #expect(folder.names == ["lists.yaml"])
  }

  @Test("a target that a list cannot have is a sentence, and the rest is reported") func unjudged() throws {
    let run = try Command.run([
      "waits", "Datasets/sefton", "--list", "ehc-assessments", "--list", "camhs", "--target", Self.target,
      "--draws", "20",
    ])
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "Education, health and care assessments: target by 2025-03-31: a target for assessments is a share of "
          + "plans within 20 weeks"), "\(run.errors)")
    #expect(run.output.contains("Its expected course") && run.output.contains("What the target takes"))
  }

  @Test("assessments have intervals, and a target of theirs a probability, the same on any number of threads")
  func assessments() throws {
    let arguments = [
      "waits", "Datasets/sefton", "--list", "ehc-assessments", "--target", "60% within 20 weeks by 2026-12",
      "--confidence", "80", "--draws", "20",
    ]
    let one = try Command.run(arguments + ["--jobs", "1"])
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output.contains("(80% interval "))
    #expect(one.output.contains("in at least 80% of simulated"))
    #expect(one.output.contains("of 20 simulated futures (standard error"))
    #expect(try Command.run(arguments + ["--jobs", "2"]).output == one.output)
    #expect(try Command.run(arguments + ["--seed", "2"]).output != one.output)
    // A share of a year cannot be judged before a year is over, and the rest is reported.
    let early = try Command.run(
      ["waits", "Datasets/sefton", "--list", "ehc-assessments", "--draws", "20"]
        + ["--target", "60% within 20 weeks by 2025-06"])
    #expect(early.status == 65)
    #expect(early.errors.contains("give 2025-12-30 or a later day"), "\(early.errors)")
    #expect(early.output.contains("Its expected course"))
  }

  @Test("a target too far away is a sentence, and the list is reported") func farTarget() throws {
    let run = try Command.run([
      "waits", "Datasets/sefton", "--list", "camhs", "--target", "92% within 18 weeks by 2199-01", "--draws",
      "20",
    ])
    #expect(run.status == 65)
    #expect(run.errors.contains("give an earlier date"), "\(run.errors)")
    #expect(run.output.contains("Its course") && run.output.contains("What could not be answered"))
  }

  @Test("what a target takes comes beside the capacity that is looked at") func extraAndTarget() throws {
    func places(_ more: [String]) throws -> Double {
      let lists = try document(
        [
          "Datasets/sefton", "--list", "speech-and-language-therapy", "--draws", "20", "--target",
          Self.target,
        ] + more)
      let list = try #require((lists["lists"] as? [[String: Any]])?.first)
      let answer = try #require((list["targets"] as? [[String: Any]])?.first)
      return answer["additionalCapacity"] as? Double ?? 0
    }
    let all = try places([])
    #expect(abs(try places(["--extra", "1"]) - (all - 1)) < 1e-9)
  }

  @Test("of assessments a day alone is the one from which a backlog is cleared") func fromAlone() throws {
    let run = try Command.run([
      "waits", "Datasets/sefton", "--list", "ehc-assessments", "--from", "2025-09-01", "--draws", "20",
    ])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("capacity that comes after the weeks looked at is refused, as is capacity before the list begins")
  func outsideTheCourse() throws {
    for (day, said) in [
      ("2030-01-01", "would begin after the 104 weeks that are looked at, which end on 2025-07-27"),
      ("2020-01-01", "would begin before the list"),
    ] {
      let run = try Command.run([
        "waits", "Datasets/sefton", "--list", "camhs", "--extra", "40", "--from", day, "--draws", "20",
      ])
      #expect(run.status == 65 && run.output.isEmpty)
      #expect(run.errors.contains(said), "\(run.errors)")
    }
    let last = try Command.run([
      "waits", "Datasets/sefton", "--list", "camhs", "--extra", "40", "--from", "2025-07-27", "--draws", "20",
    ])
    #expect(last.status == 0, "\(last.errors)")
  }

  @Test("a list whose load is 1 to a hundredth is not said to grow or shrink") func nearOne() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.lists(), to: "lists.yaml")
    #expect(try Command.run(["waits", path, "--draws", "20"]).output.contains("the list can settle."))
    for (list, load, rate) in [("paediatric-dietetics", "1.003", "5.6"), ("camhs", "0.999", "18.9")] {
      let run = try Command.run(["waits", "Datasets/sefton", "--list", list, "--draws", "20"])
      let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        text.contains(
          "Load net of those who leave \(load): \(rate) children a week join and do not leave unseen, about as many as "
            + "the \(rate) who can be seen; the list stays about as it is."), "\(run.output)")
    }
  }

  @Test(
    "where the expected course goes another way than the load of the start says, that is told with the reason",
    arguments: [
      (
        "290", "-20%", "Load 1.03: ", "the list grows for as long as that lasts, but its expected course",
        "fall"
      ),
      ("300", "20%", "Load 1.000: ", "the list would stay about as it is, but its expected course", "grow"),
      ("310", "20%", "Load 0.97: ", "the list can settle, but its expected course", "grow"),
    ])
  func contrary(capacity: String, growth: String, load: String, verdict: String, change: String) throws {
    let folder = try TemporaryFolder()
    let text = Self.lists().replacing(
      "capacity: {a-year: 310, reason: of the contract}",
      with: "capacity: {a-year: \(capacity), reason: r}\n    referral-growth: {a-year: \(growth), reason: r}")
    let path = try folder.write(text, to: "lists.yaml")
    let run = try Command.run(["waits", path, "--draws", "20"])
    #expect(run.status == 0, "\(run.errors)")
    let said = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(said.contains(load) && said.contains(verdict), "\(run.output)")
    let course = try #require(
      said.firstMatch(of: /goes from (\d+) at the end of 2024-Q3 to (\d+) at that of 2025-Q3, because/))
    let (first, last) = (try #require(Int(course.1)), try #require(Int(course.2)))
    #expect(change == "fall" ? last < first : last > first)
    #expect(said.contains("because referrals \(change). Target"))
    // What is added is no part of the load, so that a course with it says nothing against the load.
    let more = try Command.run(["waits", path, "--draws", "20", "--extra", "0.1"])
    #expect(more.status == 0 && !more.output.contains("but its expected"))
  }

  @Test("a single future is one future") func oneFuture() throws {
    let run = try Command.run([
      "waits", "Datasets/sefton", "--list", "camhs", "--list", "ehc-assessments", "--draws", "1", "--target",
      "60% within 20 weeks by 2026-12",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("medians over 1 future simulated"))
    #expect(text.contains("percentile of 1 simulated future."))
    #expect(text.contains("of 1 simulated future (standard error"))
    #expect(!text.contains(/\b1 (simulated )?futures/))
  }

  @Test("where nobody is expected to wait it is said in a sentence") func nobodyExpected() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.lists(), to: "lists.yaml")
    let run = try Command.run([
      "waits", path, "--list", "therapy", "--draws", "20", "--extra", "1000", "--target",
      "100% within 2 weeks by 2024-03",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      text.contains(
        "more looked at; nobody is expected to wait at the date, nor from then to 2025-12-28."), "\(text)")
    #expect(!text.contains("(fewer in school holidays)"))
  }

  /// Arguments that cannot be, and what is said of them.
  static let slips: [(arguments: [String], said: String)] = [
    (
      ["--target", "92% within 18 weeks"],
      "it has no date by which it is to be met; write it as \"92% within 18 weeks by 2025-03\""
    ),
    (["--target", "92% within 18 by 2025-03"], "weeks or days"),
    (["--list", "camsh"], "did you mean \"camhs\"?"),
    (["--ramp"], "add --target or --extra"),
    (["--confidence", "80"], "add --target"),
    (["--confidence", "0.8", "--target", target], "such as 80"),
    (["--extra", "-1"], "0 or more"),
    (["--weeks", "0"], "such as 156"),
    (["--from", "soon"], "yyyy-mm-dd"),
    (["--from", "2024-06-01", "--list", "camhs"], "add --target or --extra"),
    (["--draws", "0"], "whole number"),
  ]

  @Test("a slip in the arguments is refused with 64 and the form that is accepted", arguments: slips.indices)
  func slip(index: Int) throws {
    let (arguments, said) = Self.slips[index]
    let run = try Command.run(["waits", "Datasets/sefton"] + arguments)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.errors.contains(said), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test("an input that is not there ends with 66") func missing() throws {
    #expect(try Command.run(["waits", "nowhere.yaml"]).status == 66)
    #expect(try Command.run(["waits", "Datasets/invented"]).status == 66)
    #expect(try Command.run(["waits", "Datasets/invented/waiting-list.csv", "--list", "x"]).status == 64)
  }
}
