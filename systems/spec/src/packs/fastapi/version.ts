/** From here on all of FastAPI's schemes answer 401 to who shows nothing (release notes of 0.122.0); before, most answered 403. */
const since: Version = [0, 122, 0]
/** These always answered 401 (fastapi.security.oauth2, fastapi.security.http). */
const always401 = /(?:^|\.)(?:OAuth2\w+|HTTPBasic)(?:\(\))?$/

type Version = [number, number, number]

/** What a scheme of FastAPI's answers a caller who shows nothing: both statuses where the manifests do not tell the version. */
export function schemeStatuses(scheme: string, manifests: ReadonlyMap<string, string>): number[] {
  if (always401.test(scheme)) return [401]
  const asked = askedVersions(manifests)
  if (asked.length > 0 && asked.every((one) => isFrom(one))) return [401]
  return asked.length > 0 && asked.every((one) => isBefore(one)) ? [403] : [401, 403]
}

/** Versions as manifests ask for them (`==0.115.0`, `^0.111`); those that lock files have before all others, then what is pinned, which was made of the rest. */
function askedVersions(manifests: ReadonlyMap<string, string>): string[] {
  const [locked, asked]: [string[], string[]] = [[], []]
  for (const [path, text] of manifests)
    if (path.endsWith('.lock'))
      locked.push(...[...text.matchAll(lock)].map(([, one, other]) => `==${one ?? other ?? ''}`))
    else if (/(?:\.txt|\.toml|setup\.py|Pipfile)$/.test(path))
      asked.push(...[...text.matchAll(requirement)].map(([, one = '']) => one))
  const pinned = asked.filter((one) => /^===?\s*[\d.]+$/.test(one.trim()))
  return [locked, pinned, asked].find((all) => all.length > 0) ?? []
}

const lock = /name = "fastapi"\s+version = "([\d.]+)|"fastapi": \{[^}]*?"version": "==([\d.]+)/g
const requirement =
  /(?<![\w-])fastapi(?:\[[^\]]*\])?["']?\s*(?:=\s*)?(?:\{[^}\n]*?version\s*=\s*)?["']?\s*((?:[\^~<>=!]{1,2}|(?<=["'])(?=\d))\s*\d[\w.*]*(?:\s*,\s*[\^~<>=!]{1,2}\s*\d[\w.*]*)*)/g

const parts = (asked: string) =>
  [...asked.matchAll(/([\^~<>=!]*)\s*(\d[\d.]*)/g)].map(([, op = '', text = '']) => {
    const numbers = text.split('.').filter(Boolean).map(Number)
    return {
      op,
      version: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0] as Version,
      length: numbers.length,
    }
  })

const isFrom = (asked: string) =>
  parts(asked).some(({ op, version }) => !/^(?:<=?|!=)$/.test(op) && !isLess(version, since))

// `^0.111` and `~=0.111.0` end before the next minor version of 0.
const isBefore = (asked: string) =>
  parts(asked).some(({ op, version, length }) => {
    if (op === '<') return !isLess(since, version)
    if (op === '~=' && length < 3) return false
    return !/^(?:>=?|!=)$/.test(op) && isLess(version, since)
  })

function isLess(a: Version, b: Version): boolean {
  const at = a.findIndex((one, index) => one !== b[index])
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0)
}
