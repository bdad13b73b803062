/** What holds of a build on Linux without tags of its own. */
const given = /^(?:linux|unix|amd64|cgo|gc|go1\.\d+)$/
const system =
  /^(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos)$/
const processor =
  /^(?:386|amd64|amd64p32|arm|armbe|arm64|arm64be|loong64|mips|mipsle|mips64|mips64le|mips64p32|mips64p32le|ppc|ppc64|ppc64le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm)$/

/**
 * Whether a file of Go is part of a build on Linux without tags: by its name, and by the constraints above its package (go.dev, "Build constraints").
 * Lines of `// +build` count where there is no `//go:build`.
 */
export function isBuilt(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^[_.]/.test(name) || !fitsByName(name)) return false
  const head = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0].replaceAll(/\/\*[\s\S]*?\*\//g, '') ?? ''
  const line = /^[ \t]*\/\/go:build (.+)$/m.exec(head)?.[1]
  if (line !== undefined) return holds(line)
  // Before the last blank line of the first comments, which have to be of lines.
  const before = /^(?:[ \t]*(?:\/\/.*)?\r?\n)*[ \t]*\r?\n/.exec(text)?.[0] ?? ''
  return [...before.matchAll(/^[ \t]*\/\/[ \t]*\+build[ \t]+(.+)$/gm)].every(([, options = '']) =>
    options
      .trim()
      .split(/\s+/)
      .some((option) => option.split(',').every(isGiven)),
  )
}

const isGiven = (term: string) => (term.startsWith('!') ? !given.test(term.slice(1)) : given.test(term))

/** `disk_windows.go`, `disk_linux_arm64.go`: the last words of a name, behind another and before its first dot. */
function fitsByName(name: string): boolean {
  const words = (name.split('.')[0] ?? '').split('_').slice(1)
  if (words.at(-1) === 'test') words.pop()
  const [first = '', last = ''] = [words.at(-2), words.at(-1)]
  if (system.test(first) && processor.test(last)) return given.test(first) && given.test(last)
  return given.test(last) || !(system.test(last) || processor.test(last))
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
