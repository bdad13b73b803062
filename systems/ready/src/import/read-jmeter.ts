import { SaxesParser } from 'saxes'
import { RequestCollector } from './imported.ts'
import type { Imported, ScenarioInput } from './imported.ts'

interface Element {
  tag: string
  name: string
  isEnabled: boolean
  /** Values of `…Prop` children by their name; of argument lists in order. */
  props: Record<string, string>
  arguments: [name: string, value: string][]
  line: number
}

const samplers = new Set(['HTTPSamplerProxy', 'HTTPSampler', 'HTTPSampler2'])
const quiet = new Set([
  'TestPlan',
  'ThreadGroup',
  'ResultCollector',
  'HeaderManager',
  'ConfigTestElement',
  'Arguments',
  'CookieManager',
  'CacheManager',
])

/** JMeter test plans: HTTP samplers with their headers and defaults, thread groups as users. Document types and entities are refused by the parser. */
export function readJmeter(text: string): Imported | null {
  if (!/<jmeterTestPlan[\s>]/.test(text.slice(0, 4000))) return null
  const collect = new RequestCollector()
  const elements = parseElements(text, collect)
  const constants = new Map<string, string>()
  for (const element of elements)
    if (element.tag === 'Arguments' || element.tag === 'TestPlan')
      for (const [name, value] of element.arguments) constants.set(name, value)
  const fill = (value: string) =>
    value
      .replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => constants.get(name) ?? whole)
      .replaceAll(/\$\{__P\([^,)]*,([^)]*)\)\}/g, '$1')
      .replaceAll(
        /\$\{([^}]*)\}/g,
        (_, inner: string) => `{{${inner.replaceAll(/\W+/g, '_').replaceAll(/^_+|_+$/g, '') || 'value'}}}`,
      )
  const defaults =
    elements.find((one) => one.tag === 'ConfigTestElement' && 'HTTPSampler.domain' in one.props)?.props ?? {}
  const headers = elements.find((one) => one.tag === 'HeaderManager')?.arguments ?? []
  const load: NonNullable<ScenarioInput['load']> = []
  for (const element of elements) {
    const where = `line ${element.line} (${element.name || element.tag})`
    if (!element.isEnabled) continue
    if (element.tag === 'ThreadGroup') {
      const users = Math.round(Number(fill(element.props['ThreadGroup.num_threads'] ?? '1')))
      const seconds = Number(fill(element.props['ThreadGroup.duration'] ?? '')) || 60
      load.push({
        kind: 'users',
        users: users >= 1 && users <= 10_000 ? users : 1,
        seconds: Math.min(3600, seconds),
      })
    } else if (samplers.has(element.tag)) {
      const prop = (name: string) =>
        fill(element.props[`HTTPSampler.${name}`] || defaults[`HTTPSampler.${name}`] || '')
      const path = prop('path')
      const domain = prop('domain')
      const port = prop('port')
      const isRaw = element.props['HTTPSampler.postBodyRaw'] === 'true'
      const pairs = element.arguments.map(([name, value]) => [name, fill(value)] as const)
      const method = prop('method') || 'GET'
      const form = pairs
        .map(
          ([name, value]) =>
            `${encodeURIComponent(name)}=${value.includes('{{') ? value : encodeURIComponent(value)}`,
        )
        .join('&')
      const isQuery = !isRaw && form !== '' && (method === 'GET' || method === 'DELETE')
      const base = /^https?:/.test(path)
        ? ''
        : domain === ''
          ? '{{host}}'
          : `${prop('protocol') || 'http'}://${domain}${port === '' || port === '0' ? '' : `:${port}`}`
      collect.add({
        where,
        name: element.name,
        method,
        url: `${base}${base !== '' && !path.startsWith('/') ? '/' : ''}${path}${isQuery ? `${path.includes('?') ? '&' : '?'}${form}` : ''}`,
        headers: headers.map(([name, value]) => [name, fill(value)] as const),
        body: isRaw ? pairs.map(([, value]) => value).join('') : isQuery ? undefined : form,
      })
    } else if (element.tag.endsWith('Timer')) {
      const ms = timerMs(element, fill)
      if (ms === null) collect.leave(where, `${element.tag} is not read: give thinkMs to a request.`)
      else collect.pause(ms)
    } else if (element.tag === 'JSONPostProcessor') {
      const names = (element.props['JSONPostProcessor.referenceNames'] ?? '').split(';')
      const paths = (element.props['JSONPostProcessor.jsonPathExprs'] ?? '').split(';')
      for (const [k, name] of names.entries()) collect.extract(where, name.trim(), (paths[k] ?? '').trim())
    } else if (element.tag === 'CSVDataSet')
      collect.leave(
        where,
        `Its file (${element.props['filename'] ?? ''}) is not here: give its rows under data, with ${element.props['variableNames'] || 'the names of its first line'}.`,
      )
    else if (!quiet.has(element.tag) && !/Gui$|Timer$|Config$|Controller$|Manager$/.test(element.tag))
      collect.leave(where, `${element.tag} is not read.`)
  }
  return collect.finish('JMeter', 'JMeter plan', load.length === 0 ? undefined : load.slice(0, 100))
}

/** The mean wait of a timer after the request before it; null where it is of another kind. */
function timerMs({ tag, props }: Element, fill: (value: string) => string): number | null {
  const number = (name: string) => Number(fill(props[name] ?? '0')) || 0
  if (tag === 'ConstantTimer') return number('ConstantTimer.delay')
  if (tag === 'UniformRandomTimer') return number('ConstantTimer.delay') + number('RandomTimer.range') / 2
  if (tag === 'GaussianRandomTimer' || tag === 'PoissonRandomTimer') return number('ConstantTimer.delay')
  return null
}

function parseElements(text: string, collect: RequestCollector): Element[] {
  const found: Element[] = []
  const open: { element: Element | null; tag: string; prop: string }[] = []
  let value = ''
  let pending: { name: string; value: string } | null = null
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw new Error('A document type is not read.')
  })
  parser.on('opentag', ({ name: tag, attributes }) => {
    value = ''
    const isElement = 'testclass' in attributes && tag !== 'elementProp'
    const element = isElement
      ? {
          tag,
          name: attributes['testname'] ?? '',
          isEnabled: attributes['enabled'] !== 'false',
          props: {},
          arguments: [],
          line: parser.line,
        }
      : null
    if (element !== null) found.push(element)
    if (tag === 'elementProp' && /Argument$|^Header$/.test(attributes['elementType'] ?? ''))
      pending = { name: '', value: '' }
    open.push({ element, tag, prop: attributes['name'] ?? '' })
  })
  parser.on('text', (part) => (value += part))
  parser.on('cdata', (part) => (value += part))
  parser.on('closetag', () => {
    const closed = open.pop()
    if (closed === undefined) return
    const owner = open.findLast((one) => one.element !== null)?.element
    if (/^(?:string|bool|int|long|double)Prop$/.test(closed.tag) && owner) {
      if (pending !== null && /^(?:Argument|Header)\.name$/.test(closed.prop)) pending.name = value
      else if (pending !== null && /^(?:Argument|Header)\.value$/.test(closed.prop)) pending.value = value
      else owner.props[closed.prop] = value
    } else if (closed.tag === 'elementProp' && pending !== null && owner) {
      owner.arguments.push([pending.name, pending.value])
      pending = null
    }
    value = ''
  })
  try {
    parser.write(text).close()
  } catch (error) {
    collect.leave(
      `line ${parser.line}`,
      `The XML ends here: ${error instanceof Error ? error.message : 'unreadable'}`,
    )
  }
  return found
}
