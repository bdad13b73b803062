/** Asks for an error and writes it. */
export const refused = (call: string) =>
  `if err := ${call}; err != nil {\n  writeError(g, err)\n  return\n}\n`
