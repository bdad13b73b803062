import { dirname, join } from 'node:path/posix'
import { findFault, type Checkout } from './checkout.ts'
import { listCode, listLinks } from './markdown.ts'

/** Links of pages that lead nowhere: relative ones whose file or section is not there. Addresses of the web are left alone. */
export function checkLinks(pages: readonly string[], checkout: Checkout): string[] {
  return pages.flatMap((page) =>
    listLinks(checkout.read(page)).flatMap(({ text, line }) => {
      if (/^[a-z][a-z+.-]*:/i.test(text)) return []
      const target = text.startsWith('#') ? page + text : join(dirname(page), decodeURI(text))
      const fault = findFault(target, checkout)
      return fault === null ? [] : [`${page}:${line}: ${fault}.`]
    }),
  )
}

/**
 * Paths in backticks that are not there, so that a walk through the code cannot rot. A path has a slash and starts with a folder of
 * the repository; one with a placeholder (`systems/<name>/…`) or a pattern is checked up to it.
 */
export function checkPaths(
  pages: readonly string[],
  folders: readonly string[],
  checkout: Checkout,
): string[] {
  return pages.flatMap((page) =>
    listCode(checkout.read(page)).flatMap(({ text, line }) => {
      const path = text.replace(/:\d+$/, '')
      if (/[\s(]/.test(path) || !folders.some((folder) => path.startsWith(`${folder}/`))) return []
      const open = path.search(/[<*{…]/)
      const known = open < 0 ? path : dirname(`${path.slice(0, open)}x`)
      return checkout.has(known) ? [] : [`${page}:${line}: there is no ${known}.`]
    }),
  )
}

/** Ids of requirements that pages name as the proof of a promise, and that no list of requirements has. */
export function checkIds(pages: readonly string[], ids: ReadonlySet<string>, checkout: Checkout): string[] {
  return pages.flatMap((page) =>
    [...new Set(checkout.read(page).match(/\b[A-Z]+-[A-Z]+-\d\d\b/g))].flatMap((id) =>
      ids.has(id) ? [] : [`${page}: there is no requirement ${id}.`],
    ),
  )
}

/** Files of a folder of decisions must be `NNNN-name.md`, counted from 0000 without a hole, each number once and in its title. */
export function checkDecisions(files: readonly { name: string; text: string }[]): string[] {
  const problems: string[] = []
  const numbered = files.flatMap(({ name, text }) => {
    const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]
    if (number === undefined) {
      problems.push(`${name}: a decision is NNNN-name.md.`)
      return []
    }
    if (!text.startsWith(`# ${number} `)) problems.push(`${name}: its title starts with "# ${number} ".`)
    return [number]
  })
  numbered.sort().forEach((number, i, all) => {
    if (number === all[i - 1]) problems.push(`${number}: used twice.`)
  })
  const known = new Set(numbered)
  for (let n = 0; n <= Number(numbered.at(-1) ?? -1); n += 1) {
    const number = String(n).padStart(4, '0')
    if (!known.has(number))
      problems.push(`${number}: missing. Numbers have no holes; take it for the next record.`)
  }
  return problems
}
