import type { Expr, Module, Stmt } from '../../parse/ir.ts'
import { isExpr, walk } from '../../parse/walk.ts'
import { blocksIn, isFunc, linesOf, textOf } from './code-places.ts'
import type { Change, Place } from './code-places.ts'
import { leavesBy, negated } from './refactorings.ts'

const otherStatus: Record<string, string> = {
  200: '202',
  201: '200',
  202: '200',
  204: '200',
  400: '422',
  401: '403',
  403: '401',
  404: '400',
  409: '400',
  410: '404',
  422: '400',
  429: '503',
  500: '503',
  502: '500',
  503: '500',
}
const otherName: [RegExp, string][] = [
  [/HTTP_404_NOT_FOUND/, 'HTTP_400_BAD_REQUEST'],
  [/HTTP_400_BAD_REQUEST/, 'HTTP_422_UNPROCESSABLE_ENTITY'],
  [/HTTP_403_FORBIDDEN/, 'HTTP_401_UNAUTHORIZED'],
  [/HTTP_401_UNAUTHORIZED/, 'HTTP_403_FORBIDDEN'],
  [/HTTP_201_CREATED/, 'HTTP_200_OK'],
  [/HTTP_200_OK/, 'HTTP_202_ACCEPTED'],
  [/HTTP_204_NO_CONTENT/, 'HTTP_200_OK'],
  [/HTTP_409_CONFLICT/, 'HTTP_400_BAD_REQUEST'],
  [/StatusNotFound/, 'StatusBadRequest'],
  [/StatusBadRequest/, 'StatusUnprocessableEntity'],
  [/StatusForbidden/, 'StatusUnauthorized'],
  [/StatusUnauthorized/, 'StatusForbidden'],
  [/StatusInternalServerError/, 'StatusServiceUnavailable'],
  [/StatusCreated/, 'StatusOK'],
  [/StatusOK/, 'StatusAccepted'],
  [/StatusConflict/, 'StatusBadRequest'],
  [/StatusNoContent/, 'StatusOK'],
  [/\bNOT_FOUND/, 'BAD_REQUEST'],
  [/\bBAD_REQUEST/, 'UNPROCESSABLE_ENTITY'],
  [/\bFORBIDDEN/, 'UNAUTHORIZED'],
  [/\bUNAUTHORIZED/, 'FORBIDDEN'],
  [/\bINTERNAL_SERVER_ERROR/, 'SERVICE_UNAVAILABLE'],
  [/\bCREATED/, 'OK'],
  [/\bOK$/, 'ACCEPTED'],
  [/\bCONFLICT/, 'BAD_REQUEST'],
  [/\bNO_CONTENT/, 'OK'],
]
const thrownNames =
  /^(?:NotFound|BadRequest|Forbidden|Unauthorized|Conflict|UnprocessableEntity|InternalServerError|PermissionDenied|ValidationError|Http404)(?:Exception|Error)?$/
const otherThrown: Record<string, string> = {
  NotFound: 'BadRequest',
  BadRequest: 'NotFound',
  Forbidden: 'Unauthorized',
  Unauthorized: 'Forbidden',
  Conflict: 'BadRequest',
  UnprocessableEntity: 'BadRequest',
  InternalServerError: 'BadRequest',
  PermissionDenied: 'NotAuthenticated',
}
const guards =
  /auth|guard|role|permission|login|admin|secured|allowed|token|session|jwt|policy|access|protect|verify/i
const bounds =
  /^(?:Min|Max|MinLength|MaxLength|Length|Size|ge|gt|le|lt|min|max|min_length|max_length|minLength|maxLength|DecimalMin|DecimalMax|Range|limit|minimum|maximum)$/
const asked = /^(?:IsOptional|NotNull|NotBlank|NotEmpty|IsNotEmpty|IsDefined|Valid)$/

/** What a client of an operation sees, at each place of a function where it can be changed. */
export function mutantsOf({ module, fn }: Place): Change[] {
  const { path, text } = module
  const found: Change[] = []
  const isRouted = fn.decorators.some((one) =>
    /get|post|put|patch|delete|route|api|action/i.test(textOf(module, one)),
  )
  const put = (kind: string, { start, end }: { start: number; end: number }, by: string) => {
    if (text.slice(start, end) !== by)
      found.push({ kind, path, start, edits: [{ path, start, end, text: by }] })
  }
  for (const stmt of blocksIn(fn).flat()) if (stmt.k === 'if' && isRefusal(stmt)) refusal(stmt)
  for (const decorator of [...fn.decorators, ...fn.params.flatMap((one) => one.decorators)]) {
    if (guards.test(textOf(module, decorator).replace(/\(.*/s, '')) && fn.decorators.includes(decorator)) {
      const lines = linesOf(module, { start: decorator.start - 1, end: decorator.end })
      if (lines) put('guard dropped', lines, '')
    }
    limits(decorator)
    if (
      decorator.k === 'call' &&
      decorator.args[0]?.value.k === 'str' &&
      /^\/./.test(decorator.args[0].value.value)
    ) {
      const { end } = decorator.args[0].value
      put('path', { start: end - 1, end: end - 1 }, '-two')
    }
  }
  for (const { default: given, type } of fn.params) {
    if (given?.k === 'num' && /^\d+$/.test(textOf(module, given)))
      put('default', given, String(given.value + 1))
    if (given) limits(given)
    if (
      given &&
      type &&
      /^(?:Query|Header|Body)$/.test(given.k === 'call' && given.callee.k === 'name' ? given.callee.name : '')
    )
      continue
  }
  walk(fn.body, (node) => {
    if (isFunc(node)) return false
    if (isExpr(node, 'num') && otherStatus[node.value] && textOf(module, node) === String(node.value))
      return true
    if (isExpr(node, 'call')) called(node)
    if (
      isExpr(node, 'member') &&
      /^(?:\w+\.)?query$|query_params$|^request\.args$/.test(textOf(module, node.of))
    )
      put('parameter', { start: node.end, end: node.end }, 'Two')
    if (isExpr(node, 'binary') && /^(?:\|\||\?\?)$/.test(node.op) && node.right.k === 'num')
      put('default', node.right, String(node.right.value + 1))
    if ('k' in node && node.k === 'return' && 'value' in node && isRouted) answer(node.value as Expr | null)
    if ('k' in node && node.k === 'throw' && 'value' in node) thrown(node.value as Expr | null)
    return true
  })
  return found

  function refusal(stmt: Extract<Stmt, { k: 'if' }>): void {
    put('condition negated', stmt.test, negated(module, stmt.test))
    const lines = linesOf(module, stmt)
    if (lines && stmt.whenFalse.length === 0) {
      const indent = /^\s*/.exec(text.slice(lines.start))?.[0] ?? ''
      put('check dropped', lines, module.language === 'python' ? `${indent}pass\n` : '')
    }
    const weaker: Record<string, [string, string]> = {
      '>': ['>', '>='],
      '<': ['<', '<='],
      '>=': ['>=', '>'],
      '<=': ['<=', '<'],
      '&&': ['&&', '||'],
      '||': ['||', '&&'],
    }
    const look = (e: Expr): void => {
      if (e.k !== 'binary') return
      const between = text.slice(e.left.end, e.right.start)
      const python: Record<string, [string, string]> = { '&&': ['and', 'or'], '||': ['or', 'and'] }
      const [from, to] = (module.language === 'python' ? python[e.op] : undefined) ?? weaker[e.op] ?? ['', '']
      if (from !== '' && between.includes(from)) {
        const start = e.left.end + between.indexOf(from)
        put('condition weakened', { start, end: start + from.length }, to)
      }
      look(e.left)
      look(e.right)
    }
    look(stmt.test)
  }

  function isRefusal(stmt: Extract<Stmt, { k: 'if' }>): boolean {
    if (!leavesBy(stmt.whenTrue)) return false
    const inside = stmt.whenTrue.map((one) => textOf(module, one)).join('\n')
    return /\bthrow\b|\braise\b|[45]\d\d\b|Status[A-Z]|HTTP_[45]|\babort\(|[Ee]rr(?:or)?\b|\bboom\b|reject/.test(
      inside,
    )
  }

  function called(node: Extract<Expr, { k: 'call' }>): void {
    const { callee, args } = node
    const name = callee.k === 'member' ? callee.name : callee.k === 'name' ? callee.name : ''
    const values = args.map(({ value }) => value)
    for (const value of values) {
      const written = textOf(module, value)
      if (
        value.k === 'num' &&
        otherStatus[written] &&
        !/^(?:slice|sleep|setTimeout|substring|range|min|max)$/i.test(name)
      )
        put('status', value, otherStatus[written])
      if (value.k === 'member' || value.k === 'name') {
        const found = otherName.find(([one]) => one.test(written))
        if (found) put('status', value, written.replace(found[0], found[1]))
      }
    }
    const first = args[0]?.value
    if (
      first?.k === 'str' &&
      /^(?:Query|DefaultQuery|QueryParam|get|FormValue|GetQuery)$/.test(name) &&
      /quer|args|c|ctx|r|Form/.test(textOf(module, callee)) &&
      /query|args|\bc\.|ctx\.|FormValue|GET/i.test(textOf(module, callee))
    )
      put('parameter', { start: first.end - 1, end: first.end - 1 }, 'Two')
    if (first?.k === 'str' && args[1]?.value.k === 'num' && /quer|args/i.test(textOf(module, callee)))
      put('default', args[1].value, String(args[1].value.value + 1))
    if (/^(?:json|JSON|send|Response|JSONResponse|jsonify|response|IndentedJSON|render)$/.test(name))
      for (const value of values) answer(value)
    if (
      /^(?:get|post|put|patch|delete|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|route|HandleFunc|Handle)$/.test(
        name,
      ) &&
      first?.k === 'str' &&
      first.value.startsWith('/')
    ) {
      if (values.length > 1) put('path', { start: first.end - 1, end: first.end - 1 }, '-two')
      const other: Record<string, string> = {
        get: 'put',
        post: 'put',
        put: 'post',
        patch: 'put',
        delete: 'post',
        GET: 'PUT',
        POST: 'PUT',
        PUT: 'POST',
        Get: 'Put',
        Post: 'Put',
        Put: 'Post',
      }
      if (callee.k === 'member' && other[name] && values.length > 1)
        put('method', { start: callee.end - name.length, end: callee.end }, other[name])
      for (const value of values.slice(1, -1))
        if (guards.test(textOf(module, value)))
          put('guard dropped', { start: value.start, end: text.indexOf(',', value.end) + 1 }, '')
    }
  }

  /** What is answered: keys of a literal. */
  function answer(value: Expr | null): void {
    if (value?.k === 'call') for (const one of value.args) if (one.value.k === 'object') answer(one.value)
    if (value?.k !== 'object' || (value.type && !/(?:^|\.)(?:H|Map)$|^map/.test(value.type.name))) return
    for (const { key, value: held } of value.entries) {
      if (key?.k !== 'str' || key.start === held.start) continue
      const quoted = /['"]$/.test(textOf(module, key))
      put('field renamed', { start: key.end - (quoted ? 1 : 0), end: key.end - (quoted ? 1 : 0) }, 'Two')
      const comma = /^\s*,/.exec(text.slice(held.end))?.[0].length ?? 0
      if (comma > 0) put('field left out', { start: key.start, end: held.end + comma }, '')
    }
  }

  function thrown(value: Expr | null): void {
    if (value?.k !== 'call') {
      return
    }
    const name =
      value.callee.k === 'name' ? value.callee.name : value.callee.k === 'member' ? value.callee.name : ''
    const written = thrownNames.exec(name)
    const stem = written ? name.replace(/(?:Exception|Error)$/, '') : ''
    if (otherThrown[stem])
      put(
        'error class',
        { start: value.callee.end - name.length, end: value.callee.end },
        name.replace(stem, otherThrown[stem]),
      )
    for (const { value: said } of value.args)
      if (
        /http|notfound|badrequest|forbidden|unauthori|conflict|unprocess|abort|status|api|boom|denied|validation/i.test(
          name,
        ) &&
        said.k === 'str' &&
        said.value.includes(' ') &&
        textOf(module, said).slice(1, -1) === said.value
      )
        put('message', { start: said.end - 1, end: said.end - 1 }, ' again')
  }

  function limits(e: Expr): void {
    walk(e, (node) => {
      if (!isExpr(node, 'call')) return true
      const name =
        node.callee.k === 'name' ? node.callee.name : node.callee.k === 'member' ? node.callee.name : ''
      for (const { name: key, value } of node.args)
        if (
          value.k === 'num' &&
          /^\d+$/.test(textOf(module, value)) &&
          bounds.test(key === null || key === 'value' ? name : key)
        )
          put('bound', value, String(value.value + 1))
      return true
    })
  }
}

/** What of classes that requests and answers are made of a client sees. */
export function fieldMutants(module: Module, models: ReadonlySet<string>): Change[] {
  const { path, text, language } = module
  const found: Change[] = []
  const put = (kind: string, start: number, end: number, by: string) =>
    void found.push({ kind, path, start, edits: [{ path, start, end, text: by }] })
  walk(module.body, (node) => {
    if (isExpr(node, 'call') && node.callee.k === 'member') {
      const [only] = node.args
      if (
        /^(?:min|max|length)$/.test(node.callee.name) &&
        only?.value.k === 'num' &&
        /^\d+$/.test(textOf(module, only.value)) &&
        /string|number|Joi|z\./.test(textOf(module, node.callee.of))
      )
        put('bound', only.value.start, only.value.end, String(only.value.value + 1))
      if (
        /^(?:optional|required)$/.test(node.callee.name) &&
        node.args.length === 0 &&
        /string|number|Joi|z\.|array|object|boolean/i.test(textOf(module, node.callee.of))
      )
        put('field required or not', node.callee.of.end, node.end, '')
    }
    if (!('members' in node && 'fields' in node && 'name' in node && models.has(String(node.name)))) return
    for (const field of node.fields as {
      start: number
      end: number
      name: string
      decorators: Expr[]
      tag: string
      isStatic: boolean
    }[]) {
      for (const one of field.decorators) {
        const name =
          one.k === 'call' && one.callee.k === 'name' ? one.callee.name : one.k === 'name' ? one.name : ''
        if (asked.test(name)) put('field required or not', one.start - 1, one.end, '')
        walk(one, (inner) => {
          if (isExpr(inner, 'num') && bounds.test(name) && /^\d+$/.test(textOf(module, inner)))
            put('bound', inner.start, inner.end, String(inner.value + 1))
        })
      }
      const code = text.slice(field.start, field.end)
      const json = /json:"(\w+)/.exec(code)
      if (language === 'go' && json)
        put(
          'field renamed',
          field.start + json.index + json[0].length,
          field.start + json.index + json[0].length,
          'Two',
        )
      const required = /(?:binding|validate):"required/.exec(code)
      if (language === 'go' && required)
        put(
          'field required or not',
          field.start + required.index,
          field.start + required.index + required[0].length,
          required[0].replace('required', 'omitempty'),
        )
      if (language === 'python' && /^\w+: /.test(code) && code.startsWith(field.name)) {
        put('field renamed', field.start + field.name.length, field.start + field.name.length, '_two')
        if (/^\w+: \w+$/.test(code))
          put(
            'field required or not',
            field.start + field.name.length + 2,
            field.end,
            `${code.slice(field.name.length + 2)} | None = None`,
          )
      }
    }
  })
  return found
}
