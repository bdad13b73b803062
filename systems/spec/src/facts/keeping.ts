const maxKept = 20_000

/** The same function of a text, which keeps what it gave for the texts that come up again. */
export function keeping<T>(of: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>()
  return (text) => {
    const found = results.get(text)
    if (found !== undefined) return found
    const made = of(text)
    if (results.size >= maxKept) results.clear()
    results.set(text, made)
    return made
  }
}
