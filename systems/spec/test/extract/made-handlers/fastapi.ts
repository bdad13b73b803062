import { python, pythonHelp } from './python.ts'
import { pythonWays } from './python-ways.ts'
import { guardsOf, helpOf, inputsOf, list, quoted } from './writer.ts'
import type { Writer, Written, WrittenGuard } from './writer.ts'

// The same code with what FastAPI answers.
const answered = (code: string): string =>
  code
    .replaceAll(
      /return jsonify\(error=True\), (.*)$/gm,
      'return JSONResponse({"error": True}, status_code=$1)',
    )
    .replaceAll(
      /return \{"error": str\(error\)\}, (.*)$/gm,
      'return JSONResponse({"error": str(error)}, status_code=$1)',
    )
    .replaceAll('jsonify(error=True)', 'JSONResponse({"error": True})')
    .replaceAll(/abort\((.*)\)/g, 'raise HTTPException(status_code=$1)')
    .replaceAll(
      /@app\.errorhandler\((\w+)\)\ndef (\w+)\(error\):/g,
      '@app.exception_handler($1)\ndef $2(request: Request, error: $1):',
    )

// What a dependency refuses it raises.
const raised = (code: string): string =>
  answered(code).replaceAll(
    /return JSONResponse\(\{"error": True\}, status_code=(.*)\)$/gm,
    'raise HTTPException(status_code=$1)',
  )

const guard = ({ name, body, ofHeader, passes, mark }: WrittenGuard): string =>
  [
    `def ${name}(request: Request):\n`,
    passes.length > 0 ? `  if request.url.path in (${list(passes)},):\n    return\n` : '',
    ...inputsOf(body).map((input) =>
      ofHeader && input === 'c'
        ? `  c = request.headers.get("X-C")\n`
        : `  ${input} = request.query_params.get("${input}")\n`,
    ),
    raised(body),
    mark
      ? `  request.state.${mark.name} = "high" if ${mark.subject} == ${quoted(mark.text)} else "low"\n`
      : '',
  ].join('')

const depends = (guards: readonly Pick<WrittenGuard, 'name'>[]): string =>
  guards.length > 0 ? `, dependencies=[${guards.map(({ name }) => `Depends(${name})`).join(', ')}]` : ''

const handler = (one: Written): string =>
  `@${one.isGrouped ? 'grouped' : 'router'}.get("/${one.name}"${depends(one.guards.filter(({ where }) => where === 'route'))})\ndef ${one.name}(${[
    'request: Request',
    ...inputsOf(one.body).map((input) => `${input}: str | None = None`),
  ].join(', ')}):\n${answered(one.body)}  return {"ok": True}\n`

/** Python, as FastAPI has it. */
export const fastapi: Writer = {
  ...python,
  marked: (name, isHigh) => `request.state.${name} ${isHigh ? '==' : '!='} "high"`,
  files: (all) => ({
    'requirements.txt': 'fastapi==0.115\n',
    'app.py': [
      'from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request\nfrom fastapi.responses import JSONResponse\napp = FastAPI()\nrouter = APIRouter()\n',
      answered(pythonHelp + helpOf(pythonWays, all)),
      ...guardsOf(all).map(guard),
      `grouped = APIRouter(prefix="/in"${depends(guardsOf(all, 'group'))})\n`,
      ...all.map(handler),
      `app.include_router(router${depends(guardsOf(all, 'all'))})\n`,
      all.some((one) => one.isGrouped) ? `app.include_router(grouped${depends(guardsOf(all, 'all'))})\n` : '',
    ].join(''),
  }),
}
