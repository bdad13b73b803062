import { guardsOf, indented, inputsOf, list, quoted } from './writer.ts'
import type { Written, WrittenGuard } from './writer.ts'

/** Handlers of Flask, and what comes before them. */
export function flaskRoutes(all: readonly Written[]): string {
  const read = (body: string, ofHeader = false) =>
    inputsOf(body)
      .map((input) =>
        ofHeader && input === 'c'
          ? `  c = request.headers.get("X-C")\n`
          : `  ${input} = request.args.get("${input}")\n`,
      )
      .join('')
  const guard = ({ name, where, body, ofHeader, passes, mark }: WrittenGuard) => {
    const code = [
      passes.length > 0 ? `  if request.path in (${list(passes)},):\n    return None\n` : '',
      read(body, ofHeader),
      body,
      mark ? `  g.${mark.name} = "high" if ${mark.subject} == ${quoted(mark.text)} else "low"\n` : '',
    ].join('')
    return where === 'route'
      ? `def ${name}(view):\n  @wraps(view)\n  def checked_${name}(*args, **kwargs):\n${indented(code)}    return view(*args, **kwargs)\n  return checked_${name}\n`
      : `@${where === 'all' ? 'app' : 'grouped'}.before_request\ndef ${name}():\n${code}  return None\n`
  }
  const isGrouped = all.some((one) => one.isGrouped)
  return [
    isGrouped ? `grouped = Blueprint("grouped", __name__, url_prefix="/in")\n` : '',
    ...guardsOf(all).map(guard),
    ...all.map(
      (one) =>
        `@${one.isGrouped ? 'grouped' : 'app'}.get("/${one.name}")\n${one.guards
          .filter(({ where }) => where === 'route')
          .map(({ name }) => `@${name}\n`)
          .join('')}def ${one.name}():\n${read(one.body)}${one.body}  return jsonify(ok=True)\n`,
    ),
    isGrouped ? 'app.register_blueprint(grouped)\n' : '',
  ].join('')
}
