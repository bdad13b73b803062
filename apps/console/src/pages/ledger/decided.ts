const longest = 160

/** A decision's output in one line: `intent search, products 3, constraints 2`. Lists become their length; what is not there or zero is left out. */
export function decided(output: unknown): string {
  const text = line(output)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function line(output: unknown): string {
  if (typeof output !== 'object' || output === null) return scalar(output)
  if (Array.isArray(output)) return output.map(scalar).join(', ')
  return Object.entries(output)
    .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== 0)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : scalar(value)}`)
    .join(', ')
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? '{…}' : String(value)
}
