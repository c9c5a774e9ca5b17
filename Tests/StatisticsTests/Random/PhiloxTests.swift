import Statistics
import Testing

@Suite("Philox4x64-10 is the published generator")
struct PhiloxTests {
  @Test("the known answers of Random123 (Salmon and others 2011, kat_vectors)")
  func knownAnswers() {
    #expect(
      Philox4x64.block(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
        == SIMD4(0x1655_4D9E_CA36_314C, 0xDB20_FE9D_672D_0FDC, 0xD7E7_72CE_E186_176B, 0x7E68_B68A_EC7B_A23B))
    #expect(
      Philox4x64.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        == SIMD4(0x87B0_92C3_013F_E90B, 0x438C_3C67_BE8D_0224, 0x9CC7_D7C6_9CD7_77B6, 0xA09C_AEBF_594F_0BA0))
    // Counter and key from the digits of π.
    #expect(
      Philox4x64.block(
        counter: SIMD4(
          0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0, 0x082E_FA98_EC4E_6C89),
        key: SIMD2(0x4528_21E6_38D0_1377, 0xBE54_66CF_34E9_0C6C))
        == SIMD4(0xA528_F454_03E6_1D95, 0x38C7_2DBD_566E_9788, 0xA5A1_610E_72FD_18B5, 0x57BD_43B5_E52B_7FE6))
  }

  @Test("the words of numpy's Philox, at random counters and keys")
  func numpy() throws {
    let rows = try fixture("philox")
    #expect(rows.count == 8)
    for row in rows {
      let w = row.compactMap { UInt64($0, radix: 16) }
      try #require(w.count == 14)
      let key = SIMD2(w[4], w[5])
      #expect(
        Philox4x64.block(counter: SIMD4(w[0], w[1], w[2], w[3]), key: key) == SIMD4(w[6], w[7], w[8], w[9]))
      #expect(
        Philox4x64.block(counter: SIMD4(w[0] + 1, w[1], w[2], w[3]), key: key)
          == SIMD4(w[10], w[11], w[12], w[13]))
    }
  }
}
