const longest = 160

/** Fields that say a decision in a sentence, where a system gives one. */
const sentences = ['headline', 'reason', 'summary']

/**
 * A decision's output in one line: its own sentence, or its fields as `intent search, products 3, constraints 2`. Lists become their
 * length; what is not there, zero, or has parts of its own is left out.
 */
export function decided(output: unknown): string {
  const text = line(output)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function line(output: unknown): string {
  if (isPlain(output)) return String(output ?? '')
  if (typeof output !== 'object') return ''
  if (Array.isArray(output)) return output.filter(isPlain).map(String).join(', ')
  const fields = Object.entries(output).filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== 0,
  )
  const words = fields
    .filter(([name, value]) => !sentences.includes(name) && (isPlain(value) || Array.isArray(value)))
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : String(value)}`)
    .join(', ')
  const said = fields.find(([name, value]) => sentences.includes(name) && typeof value === 'string')?.[1]
  if (said === undefined) return words
  return words === '' ? String(said) : `${String(said)} (${words})`
}

type Plain = string | number | boolean | null | undefined

function isPlain(value: unknown): value is Plain {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)
}
