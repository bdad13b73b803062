/** The installation token of every test server. */
export const testToken = `hl_it_${'t'.repeat(43)}`
