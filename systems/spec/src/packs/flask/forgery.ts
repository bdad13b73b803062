import type { Interpreter } from '../../resolve/interpreter.ts'
import { symbol } from '../../resolve/values.ts'
import type { Module } from '../../parse/ir.ts'
import type { FuncValue, Site, SymbolValue } from '../../resolve/values.ts'

const protects = 'flask_wtf.csrf.CSRFProtect'
/** Views and parts that are left out, by calls and not as decorators. */
const exempted = /(?<![@\w.])[\w.]+\.exempt\(\s*([\w.]+)\s*\)/g

/**
 * What Flask-WTF refuses in a program of one application (flask-wtf.readthedocs.io, "CSRF Protection", "Configuration"): requests that change something and
 * show no token, before their views. Null where the program does not say so, or where its settings may say otherwise.
 */
export function formForgery(
  interpreter: Interpreter,
): ((views: readonly FuncValue[], at: Site) => SymbolValue | null) | null {
  const modules = [...interpreter.project.modules.values()].filter(({ language }) => language === 'python')
  const count = (text: RegExp) => modules.reduce((sum, one) => sum + [...one.text.matchAll(text)].length, 0)
  const said = modules.filter(
    ({ text }) => /\bflask_wtf\b/.test(text) && /\bC(?:SRF|srf)Protect\(/.test(text),
  )
  const isPut = said.some(
    ({ text }) =>
      /\bC(?:SRF|srf)Protect\(\s*(?:app\s*=\s*)?[\w.]+\s*\)/.test(text) ||
      [...text.matchAll(/^\s*([\w.]+)\s*=\s*C(?:SRF|srf)Protect\(\s*\)/gm)].some(([, name = '']) =>
        modules.some((one) =>
          new RegExp(String.raw`\b${name.replace(/^self\./, '')}\.init_app\(`).test(one.text),
        ),
      ),
  )
  if (!isPut || count(/(?<!class )\b\w*Flask\(/g) > 1) return null
  const isSetOtherwise = modules.some(({ path, text }) =>
    [...text.matchAll(/WTF_CSRF_(?:ENABLED|CHECK_DEFAULT|METHODS|HEADERS|FIELD_NAME)\b.*/g)].some(
      ({ 0: line, index }) =>
        !/^\w+['"]?\]?\s*=\s*True\b/.test(line) && !isOfTests(path, text.slice(0, index)),
    ),
  )
  if (isSetOtherwise) return null
  const names = modules.flatMap(({ text }) =>
    said.length > 0 ? [...text.matchAll(exempted)].map(([, name = '']) => name.split('.').at(-1) ?? '') : [],
  )
  const isDefined = (text: string) => names.some((name) => definition(name).test(text))
  // What is left out by a name that is not known may be anything; what is handed on as it is (`decorators=[csrf.exempt]`) leaves out views that are classes.
  if (!names.every((name) => modules.some(({ text }) => definition(name).test(text)))) return null
  const isHandedOn = modules.some(({ text }) => handedOn.test(text))
  const isLeftOut = ({ text }: Module) => /^\s*@[\w.]+\.exempt\b/m.test(text) || isDefined(text)
  // Where it is routed counts too: a view may be what a decorator of another module made.
  return (views, { module, symbol: name }) =>
    views.length === 0 ||
    isLeftOut(module) ||
    views.some((one) => isLeftOut(one.module)) ||
    (isHandedOn && name.includes('.'))
      ? null
      : symbol(protects, 'CSRFProtect')
}

const handedOn = /(?<![@\w.])[\w.]+\.exempt\b(?!\s*\()/
const definition = (name: string) =>
  new RegExp(String.raw`^\s*(?:${name}\s*=|(?:async\s+)?def\s+${name}\b|class\s+${name}\b)`, 'm')

// A class of settings that is named for tests turns it off.
const isOfTests = (path: string, before: string): boolean =>
  /test/i.test(path) ||
  /test/i.test(/(?:^|\n)class (\w+)[^\n]*(?:\n(?!class |\S)[^\n]*)*$/.exec(before)?.[1] ?? '')
