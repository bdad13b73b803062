const plain: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  0: '\0',
}

/** What a text with backslashes means, as Python, Java and Go write it. An unknown one stays as it is. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(
    /\\(?:u\{?([0-9a-fA-F]{4,6})\}?|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|\r?\n|([\s\S]))/g,
    (whole: string, short?: string, long?: string, byte?: string, sign?: string) => {
      const code = short ?? long ?? byte
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10_ff_ff))
      if (sign === undefined) return ''
      return plain[sign] ?? (/["'\\`]/.test(sign) ? sign : whole)
    },
  )
}
