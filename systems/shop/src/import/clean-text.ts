const named = new Map<string, string>(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    copy: '©',
    reg: '®',
    trade: '™',
    eacute: 'é',
    egrave: 'è',
    agrave: 'à',
    ccedil: 'ç',
    ouml: 'ö',
    auml: 'ä',
    uuml: 'ü',
    Ouml: 'Ö',
    Auml: 'Ä',
    Uuml: 'Ü',
    szlig: 'ß',
    euro: '€',
    pound: '£',
    deg: '°',
    times: '×',
    rsquo: '’',
    lsquo: '‘',
    ldquo: '“',
    rdquo: '”',
    bull: '•',
    frac12: '½',
    ntilde: 'ñ',
  }),
)

/** With named and numbered entities as the characters that they stand for. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,7});/gi, (all, body: string) => {
    if (!body.startsWith('#')) return named.get(body) ?? named.get(body.toLowerCase()) ?? all
    const code =
      body[1] === 'x' || body[1] === 'X' ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1))
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : ''
  })
}

/** Without what a page does not show. */
export const withoutScripts = (text: string): string =>
  text
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ')

function stripTags(text: string): string {
  if (!text.includes('<')) return text
  return withoutScripts(text).replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
}

/** Plain text of what may be HTML, escaped HTML included: no tags, no control characters, single spaces. */
export function plainText(value: string): string {
  const bare = stripTags(value)
  const text = bare.includes('&') ? stripTags(decodeEntities(bare)) : bare
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b\ufeff\u2028\u2029\s]+/g, ' ').trim()
}

/** Half surrogates cannot be stored; they become U+FFFD. */
export function wellFormed(value: string): string {
  return value.isWellFormed() ? value : value.toWellFormed()
}

/** `Shoe Size` → `shoe_size`; empty when nothing is left. */
export function attributeName(value: string): string {
  return plainText(value)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60)
}
