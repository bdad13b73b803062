import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What people grep for: a method of a router with a text, an annotation with a text. */
const routes = [
  /\.(?:get|post|put|patch|delete)\(\s*['"`](\/[^'"`]*)/gi,
  /@(?:Get|Post|Put|Patch|Delete|Request)(?:Mapping)?\(\s*(?:value\s*=\s*)?["'`]?([^"'`)]*)/g,
  /@\w+\.(?:route|get|post|put|patch|delete)\(\s*['"]([^'"]*)/g,
]

/** How many routes regular expressions find below a folder: the peer of `spec.cold`. */
export async function regularExpressionRoutes(dir: string, signal: AbortSignal): Promise<number> {
  const found = new Set<string>()
  const names = await readdir(dir, { recursive: true })
  for (const name of names) {
    if (!/\.(?:[cm]?[jt]sx?|py|java|go)$/.test(name) || /(?:^|\/)node_modules\//.test(name)) continue
    signal.throwIfAborted()
    const text = await readFile(join(dir, name), 'utf8').catch(() => '')
    for (const pattern of routes)
      for (const match of text.matchAll(pattern)) found.add(`${name} ${match.index}`)
  }
  return found.size
}
