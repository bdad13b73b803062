/** What holds of a build on Linux without tags of its own. */
const given = /^(?:linux|unix|amd64|cgo|gc|go1\.\d+)$/
const systems =
  'aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos'
const processors =
  '386|arm|arm64|loong64|mips|mips64|mips64le|mipsle|ppc64|ppc64le|riscv64|s390x|sparc64|wasm'
const elsewhere = new RegExp(`_(?:(?:${systems})(?:_\\w+)?|(?:linux_)?(?:${processors}))\\.go$`)

/** Whether a file of Go is part of a build on Linux without tags (go.dev, "Build constraints"): by its name and its `//go:build` line. */
export function isBuilt(path: string, text: string): boolean {
  if (elsewhere.test(path)) return false
  const line = /^\/\/go:build (.+)$/m.exec(text.slice(0, Math.max(0, text.search(/^package\s/m))))?.[1]
  return line === undefined || holds(line)
}

// `linux && (amd64 || !cgo)`: or binds less than and, and than not.
function holds(text: string): boolean {
  const tokens = text.match(/&&|\|\||!|\(|\)|[\w.]+/g) ?? []
  let at = 0
  const either = (): boolean => {
    let value = both()
    while (tokens[at] === '||') {
      at++
      value = both() || value
    }
    return value
  }
  const both = (): boolean => {
    let value = not()
    while (tokens[at] === '&&') {
      at++
      value = not() && value
    }
    return value
  }
  const not = (): boolean => {
    const token = tokens[at++]
    if (token === '!') return !not()
    if (token !== '(') return given.test(token ?? '')
    const value = either()
    at++
    return value
  }
  return either()
}
