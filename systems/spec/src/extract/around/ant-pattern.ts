/** Whether an operation's path fits a pattern of Ant's form, as Spring writes them: `?`, `*`, `**`, `{name}`. */
export function fitsAntPattern(pattern: string, path: string): boolean {
  const source = `/${pattern}`
    .replaceAll(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .split('/')
    .slice(1)
    .map((part) =>
      part === '**'
        ? '(?:/.*)?'
        : `/${part
            .split(/(\{\*?[^{}]*\}|\*|\?)/)
            .map((piece) =>
              piece.startsWith('{*')
                ? '.*'
                : piece === '*' || piece.startsWith('{')
                  ? '[^/]*'
                  : piece === '?'
                    ? '[^/]'
                    : escape(piece),
            )
            .join('')}`,
    )
    .join('')
  return new RegExp(`^${source}/?$`).test(path)
}

const escape = (text: string) => text.replaceAll(/[.+^$()|[\]\\]/g, String.raw`\$&`)
