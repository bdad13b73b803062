/**
 * Paths of Micronaut are templates of RFC 6570 (docs.micronaut.io, "URI Path Variables"): each as the plain paths that it stands for. What is of the query
 * (`{?max}`, `{&sort}`) is no part of it, `{/month}` may be left out, `{+path}` and `{#path}` take the rest, and `{name:4}` has a length.
 */
export function plainPathsOf(text: string): string[] {
  const path = text
    .replaceAll(/\{[?&][^}]*\}/g, '')
    .replaceAll(/\{[+#](\w+)\}/g, '{$1:.*}')
    .replaceAll(/\{\.(\w+)\}/g, '.{$1}')
    .replaceAll(/\{(\w+):(\d+)\}/g, '{$1:.{1,$2}}')
  const optional = /\{\/(\w+)\}/.exec(path)
  if (!optional) return [path]
  const before = path.slice(0, optional.index)
  const after = path.slice(optional.index + optional[0].length)
  return [before + after, `${before}/{${optional[1] ?? ''}}${after}`].flatMap(plainPathsOf)
}
