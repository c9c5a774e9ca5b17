import Foundation
import Testing

@testable import NeedscastCommand

@Suite("needscast report")
struct ReportVerbTests {
  /// A folder with programs that do what the test says.
  private func programs(_ scripts: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, script) in scripts {
      let path = try folder.write("#!/bin/sh\n\(script)\n", to: name)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return folder
  }

  private func failure(_ script: String, seconds: Double = 20) throws -> Failure? {
    let folder = try programs(["pandoc": script])
    let program = try #require(ExternalProgram(anyOf: ["pandoc"], path: folder.url.path))
    do {
      try program.run(["--version"], in: try PrivateFolder(), seconds: seconds)
      return nil
    } catch {
      return error
    }
  }

  @Test func `Programs are found on PATH, and nothing else is taken for one`() throws {
    let folder = try programs(["pandoc": "exit 0"])
    _ = try folder.write("not to be run", to: "chromium")
    let found = ReportPrograms(path: "relative::/nowhere:\(folder.url.path)")
    #expect(found.pandoc?.path == folder.url.path + "/pandoc")
    #expect(found.browser == nil)
    #expect(ReportPrograms(path: nil).pandoc == nil)
  }

  @Test func `A part whose program is missing is left out with a sentence, and refused when it is asked for`()
    throws
  {
    let none = ReportPrograms(path: "/nowhere")
    var said: [String] = []
    let parts = try none.parts(of: [], say: { said.append($0) })
    #expect(parts.contains(.markdown) && parts.contains(.summary))
    #expect(!parts.contains(.docx) && !parts.contains(.pdf))
    #expect(said.contains("paper.docx is left out: pandoc is not installed (Debian: apt-get install pandoc)"))
    #expect(said.contains { $0.hasPrefix("report.pdf is left out: Chromium is not installed") })
    let refused = #expect(throws: Failure.self) { try none.parts(of: [.docx], say: { _ in }) }
    #expect(refused?.code == 73)
    #expect(refused?.message.contains("apt-get install pandoc") ?? false)
  }

  @Test func `A program that fails is told with its own words`() throws {
    let failure = try failure("echo 'no such writer' >&2; exit 3")
    #expect(failure?.message == "pandoc ended with exit code 3: no such writer")
    #expect(failure?.code == 73)
  }

  @Test func `A program that hangs is ended with all that it has started`() throws {
    let mark = try TemporaryFolder()
    let begin = ContinuousClock.now
    let failure = try failure(
      "(sleep 3; echo late > \(mark.url.path)/late) & echo waiting; sleep 600", seconds: 0.5)
    #expect(ContinuousClock.now - begin < .seconds(20))
    #expect(failure?.message.contains("had not finished") ?? false)
    #expect(failure?.message.hasSuffix("waiting") ?? false)
    Thread.sleep(forTimeInterval: 4)
    #expect(mark.names.isEmpty)
  }

  @Test func `A program may say more than a pipe holds, and is told by the end of it`() throws {
    let failure = try failure(
      "i=0; while [ $i -lt 20000 ]; do echo \"line $i of very many that nobody reads\"; i=$((i+1)); done; exit 1"
    )
    #expect(failure?.message.hasSuffix("line 19999 of very many that nobody reads") ?? false)
    #expect((failure?.message.count ?? 0) < 2_200)
  }

  @Test func `A program gets an environment of its own`() throws {
    let failure = try failure("echo $HOME $TZ $SECRET; exit 1")
    #expect(failure?.message.contains("UTC") ?? false)
    #expect(!(failure?.message.contains(NSHomeDirectory() + " ") ?? true))
  }

  @Test func `A page that the browser does not print is an error`() throws {
    for (script, words) in [
      ("exit 0", "wrote nothing"),
      ("for a; do case $a in --print-to-pdf=*) echo no > ${a#*=};; esac; done", "something else"),
    ] {
      let folder = try programs(["chromium": script])
      let found = ReportPrograms(path: folder.url.path + ":/usr/bin:/bin", seconds: 20)
      let failure = #expect(throws: Failure.self) { try found.print("<!DOCTYPE html><title>x</title>") }
      #expect(failure?.message.contains(words) ?? false, "\(failure?.message ?? "")")
      #expect(failure?.code == 73)
    }
  }

  @Test(
    .enabled(if: ReportPrograms().browser != nil, "Chromium is not installed, so that nothing is printed"))
  func `The browser prints a page`() throws {
    let bytes = try ReportPrograms().print(
      "<!DOCTYPE html><html lang=\"en-GB\"><title>x</title><p>Words</p></html>")
    #expect(bytes.starts(with: Array("%PDF-".utf8)))
  }

  @Test func `A part that cannot be made is refused before any work`() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "report").path
    let run = try Command.run(
      ["report", "Datasets/sefton", "--part", "docx", "--output", target], environment: ["PATH": "/nowhere"])
    #expect(run.status == 73)
    #expect(run.errors.contains("pandoc is not installed"))
    #expect(folder.names.isEmpty)
    #expect(try Command.run(["report", "Datasets/sefton", "--part", "docx"]).status == 64)
    #expect(
      try Command.run(["report", "Datasets/sefton", "--format", "html", "--output", target]).status == 64)
  }

  @Test func `A report is written whole or not at all`() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "report").path
    let arguments = ["report", "Datasets/sefton", "--draws", "50", "--scenario", "base", "--output", target]
    let broken = try programs(["pandoc": "echo broken >&2; exit 9"])
    let failed = try Command.run(arguments, environment: ["PATH": broken.url.path])
    #expect(failed.status == 73)
    #expect(failed.errors.contains("paper.docx cannot be written: pandoc ended with exit code 9: broken"))
    #expect(folder.names.isEmpty)

    let run = try Command.run(arguments, environment: ["PATH": "/nowhere"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("paper.docx is left out"))
    let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
    #expect(names.contains("paper.md") && names.contains("manifest.json") && names.contains("report.html"))
    #expect(!names.contains("paper.docx") && !names.contains("report.pdf"))
  }

  @Test(.enabled(if: ReportPrograms().pandoc != nil, "pandoc is not installed, so that no document is made"))
  func `A document of the paper has the same bytes every time`() throws {
    let folder = try TemporaryFolder()
    var files: [Data] = []
    for name in ["one", "two"] {
      let target = folder.url.appending(path: name)
      let run = try Command.run([
        "report", "Datasets/sefton", "--draws", "50", "--scenario", "base", "--part", "docx", "--output",
        target.path,
      ])
      #expect(run.status == 0, "\(run.errors)")
      files.append(try Data(contentsOf: target.appending(path: "paper.docx")))
    }
    #expect(files[0].starts(with: Data("PK".utf8)))
    #expect(files[0] == files[1])
  }
}
