import { pathOf } from './steps.ts'
import { guardsOf, indented, inputsOf, list, quoted } from './writer.ts'
import type { Written, WrittenGuard } from './writer.ts'

export const guardImports = `import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
`

/** Handlers of Spring, and what comes before them. */
export function springRoutes(all: readonly Written[]): string {
  const guards = guardsOf(all)
  const needsService = guards.some((one) => one.hasWays)
  const given = (name: string) =>
    needsService
      ? `  private final BarnService service;\n  ${name}(BarnService service) {\n    this.service = service;\n  }\n`
      : ''
  const handler = ({ name, body, isGrouped }: Written) => {
    const given = inputsOf(body).map((input) => `@RequestParam(required = false) String ${input}`)
    if (guards.length > 0) given.push('HttpServletRequest request')
    return `  @GetMapping("${pathOf({ name, isGrouped })}")\n  public ResponseEntity<String> ${name}(${given.join(', ')}) {\n${indented(body)}    return ResponseEntity.ok("ok");\n  }\n`
  }
  const classOf = ({ name }: WrittenGuard) => name.replace('guard', 'Guard')
  const guard = (one: WrittenGuard) => {
    const { body, ofHeader, mark } = one
    const read = inputsOf(body).map((input) =>
      ofHeader && input === 'c'
        ? `    String c = request.getHeader("X-C");\n`
        : `    String ${input} = request.getParameter("${input}");\n`,
    )
    const code = indented(body).replaceAll(
      /^( *)return ResponseEntity\.status\((.*)\)\.build\(\);\n/gm,
      '$1response.setStatus($2);\n$1return false;\n',
    )
    const note = mark
      ? `    request.setAttribute("${mark.name}", ${quoted(mark.text)}.equals(${mark.subject}) ? "high" : "low");\n`
      : ''
    return `  static class ${classOf(one)} implements HandlerInterceptor {\n${given(classOf(one))}  @Override\n  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) throws Exception {\n${read.join('')}${code}${note}    return true;\n  }\n  }\n`
  }
  const paths = (one: WrittenGuard) =>
    one.where === 'group'
      ? '.addPathPatterns("/in/**")'
      : one.where === 'route'
        ? `.addPathPatterns(${list(all.filter((is) => is.guards.includes(one)).map(pathOf))})`
        : one.passes.length > 0
          ? `.excludePathPatterns(${list(one.passes)})`
          : ''
  return [
    ...all.map(handler),
    ...guards.map(guard),
    guards.length > 0
      ? `  @Configuration\n  static class Guards implements WebMvcConfigurer {\n${given('Guards')}    @Override\n    public void addInterceptors(InterceptorRegistry registry) {\n${guards.map((one) => `      registry.addInterceptor(new ${classOf(one)}(${needsService ? 'service' : ''}))${paths(one)};\n`).join('')}    }\n  }\n`
      : '',
  ].join('')
}
