/** An attribute list (RFC 8216 §4.2) in its order; quoted values keep their quotes, so that it can be written as it was. */
export function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', value = ''] of text.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)(?:,|$)/g))
    attributes.set(name, value)
  return attributes
}

export const writeAttributes = (attributes: ReadonlyMap<string, string>): string =>
  [...attributes].map(([name, value]) => `${name}=${value}`).join(',')

export const unquoted = (value: string): string => value.replace(/^"(.*)"$/, '$1')

/** Attributes with their `URI` made absolute. Throws a TypeError on one that is no address. */
export function withAbsoluteUri(
  attributes: ReadonlyMap<string, string>,
  baseUrl: string,
): Map<string, string> {
  const uri = attributes.get('URI')
  const absolute = new Map(attributes)
  if (uri !== undefined) absolute.set('URI', `"${new URL(unquoted(uri), baseUrl).href}"`)
  return absolute
}
