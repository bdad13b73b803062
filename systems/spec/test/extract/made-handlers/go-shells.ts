import { guardsOf, indented, inputsOf, list, quoted } from './writer.ts'
import type { Written, WrittenGuard } from './writer.ts'

/** Handlers of gin, and what comes before them. */
export function ginRoutes(all: readonly Written[]): string {
  const read = (body: string, ofHeader = false) =>
    inputsOf(body)
      .map((input) =>
        ofHeader && input === 'c' ? `  c := g.GetHeader("X-C")\n` : `  ${input} := g.Query("${input}")\n`,
      )
      .join('')
  // What answers ends the chain too.
  const ended = (body: string) => body.replaceAll(/^( *)return\n/gm, '$1g.Abort()\n$1return\n')
  const guard = ({ name, where, body, ofHeader, passes, mark }: WrittenGuard) => {
    const code = [
      passes.length > 0
        ? `  if slices.Contains([]string{${list(passes)}}, g.Request.URL.Path) {\n    g.Next()\n    return\n  }\n`
        : '',
      read(body, ofHeader),
      ended(body),
      mark
        ? `  level := "low"\n  if ${mark.subject} == ${quoted(mark.text)} {\n    level = "high"\n  }\n  g.Set("${mark.name}", level)\n`
        : '',
      '  g.Next()\n',
    ].join('')
    return where === 'route'
      ? `func ${name}() gin.HandlerFunc {\n  return func(g *gin.Context) {\n${indented(code)}  }\n}\n`
      : `func ${name}(g *gin.Context) {\n${code}}\n`
  }
  const isGrouped = all.some((one) => one.isGrouped)
  return `${guardsOf(all).map(guard).join('\n')}${all
    .map(
      ({ name, body }) =>
        `func ${name}(g *gin.Context) {\n${read(body)}${body}  g.JSON(200, gin.H{"ok": true})\n}\n`,
    )
    .join('\n')}
func main() {
	r := gin.Default()
${guardsOf(all, 'all')
  .map(({ name }) => `	r.Use(${name})\n`)
  .join('')}${isGrouped ? '	grouped := r.Group("/in")\n' : ''}${guardsOf(all, 'group')
    .map(({ name }) => `	grouped.Use(${name})\n`)
    .join('')}${all
    .map(
      (one) =>
        `	${one.isGrouped ? 'grouped' : 'r'}.GET("/${one.name}", ${one.guards
          .filter(({ where }) => where === 'route')
          .map(({ name }) => `${name}(), `)
          .join('')}${one.name})\n`,
    )
    .join('')}	r.Run()
}
`
}
