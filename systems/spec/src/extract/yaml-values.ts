import type { Document } from 'yaml'

/** What a document of YAML holds; null where it can't be put together: an alias of nothing, or too many of them. */
export function valueOfYaml(
  document: Document.Parsed | Document,
  options?: { maxAliasCount: number },
): unknown {
  try {
    return document.toJS(options) as unknown
  } catch {
    return null
  }
}
