import { text } from '../json.ts'
import type { Trigger } from '../../definition/definition.ts'
import { slug } from '../names.ts'
import { baseOf } from './workflow.ts'
import type { N8nNode } from './workflow.ts'

/** Nodes that start a workflow although their names do not end in Trigger. */
const starters = new Set(['webhook', 'cron', 'interval', 'start', 'emailReadImap', 'rssFeedRead'])
/** Started by a person or by another workflow: an agent can always be called so. */
const called = new Set([
  'manualTrigger',
  'start',
  'executeWorkflowTrigger',
  'chatTrigger',
  'manualChatTrigger',
])

/** Whether a node starts runs: by its name, and because nothing leads to it. */
export function isTrigger(node: N8nNode, hasIncoming: boolean): boolean {
  const base = baseOf(node.type)
  return !hasIncoming && (/trigger$/i.test(base) || (starters.has(base) && base !== 'rssFeedRead'))
}

/** The triggers of a definition for a node, and what differs. */
export function triggersOf(node: N8nNode, id: string): { triggers: Trigger[]; note?: string } {
  const base = baseOf(node.type)
  if (called.has(base)) return { triggers: [] }
  if (base === 'webhook' || base === 'formTrigger' || base === 'form')
    return {
      triggers: [{ id, kind: 'webhook', input: '${event}' }],
      ...(base === 'webhook'
        ? {}
        : { note: 'The form itself is not here: what it sends comes in by a webhook.' }),
    }
  const crons = cronsOf(node)
  if (crons !== null)
    return crons.length > 0
      ? {
          triggers: crons.map((cron, at) => ({
            id: at === 0 ? id : `${id}_${at + 1}`.slice(0, 64),
            kind: 'schedule' as const,
            cron,
            timezone: 'UTC',
          })),
        }
      : { triggers: [], note: 'Its times could not be read; add a schedule by hand.' }
  const app = slug(base.replace(/trigger$/i, ''), '_') || 'app'
  return {
    triggers: [{ id, kind: 'cloudevent', type: `app.${app}`, input: '${event}' }],
    note: `It waits for events of ${app}: let them be sent here as CloudEvents of the type app.${app}.`,
  }
}

type Rule = Record<string, unknown>
const int = (value: unknown, usual: number): number => {
  const number = Number(value)
  return Number.isFinite(number) ? Math.trunc(number) : usual
}

/** Cron expressions of a node that starts by the clock; null for another. Standard: five fields, or six with seconds. */
function cronsOf(node: N8nNode): string[] | null {
  const base = baseOf(node.type)
  const { parameters } = node
  if (base === 'interval') {
    const every = int(parameters['interval'], 1)
    const unit = text(parameters['unit'], 'seconds')
    return [every1(unit, every)]
  }
  if (base === 'scheduleTrigger') {
    const rule = parameters['rule'] as { interval?: unknown } | undefined
    const list = Array.isArray(rule?.interval) ? (rule.interval as Rule[]) : [{}]
    return list.map((each) => scheduleCron(each)).filter((cron) => cron !== null)
  }
  if (base === 'cron') {
    const times = parameters['triggerTimes'] as { item?: unknown } | undefined
    const list = Array.isArray(times?.item) ? (times.item as Rule[]) : [{}]
    return list.map((each) => oldCron(each)).filter((cron) => cron !== null)
  }
  return null
}

function every1(unit: string, every: number): string {
  if (unit.startsWith('second')) return `*/${every} * * * * *`
  if (unit.startsWith('minute')) return `*/${every} * * * *`
  if (unit.startsWith('hour')) return `0 */${every} * * *`
  return `0 0 */${every} * *`
}

function scheduleCron(rule: Rule): string | null {
  const field = text(rule['field'], 'days')
  const minute = int(rule['triggerAtMinute'], 0)
  const hour = int(rule['triggerAtHour'], 0)
  switch (field) {
    case 'cronExpression': {
      const expression = text(rule['expression']).replace(/^=/, '').trim()
      return /^[\d*,/\-?LW#A-Za-z]+( [\d*,/\-?LW#A-Za-z]+){4,5}$/.test(expression) ? expression : null
    }
    case 'seconds':
      return `*/${int(rule['secondsInterval'], 30)} * * * * *`
    case 'minutes':
      return `*/${int(rule['minutesInterval'], 5)} * * * *`
    case 'hours':
      return `${minute} */${int(rule['hoursInterval'], 1)} * * *`
    case 'days':
      return `${minute} ${hour} ${int(rule['daysInterval'], 1) === 1 ? '*' : `*/${int(rule['daysInterval'], 1)}`} * *`
    case 'weeks': {
      const days = Array.isArray(rule['triggerAtDay'])
        ? rule['triggerAtDay'].join(',')
        : text(rule['triggerAtDay'], '0')
      return `${minute} ${hour} * * ${days === '' ? '0' : days}`
    }
    case 'months':
      return `${minute} ${hour} ${int(rule['triggerAtDayOfMonth'], 1)} */${int(rule['monthsInterval'], 1)} *`
    default:
      return null
  }
}

function oldCron(rule: Rule): string | null {
  const minute = int(rule['minute'], 0)
  const hour = int(rule['hour'], 14)
  switch (text(rule['mode'], 'everyDay')) {
    case 'everyMinute':
      return '* * * * *'
    case 'everyHour':
      return `${minute} * * * *`
    case 'everyDay':
      return `${minute} ${hour} * * *`
    case 'everyWeek':
      return `${minute} ${hour} * * ${int(rule['weekday'], 1)}`
    case 'everyMonth':
      return `${minute} ${hour} ${int(rule['dayOfMonth'], 1)} * *`
    case 'everyX':
      return every1(text(rule['unit'], 'hours'), int(rule['value'], 2))
    case 'custom': {
      const expression = text(rule['cronExpression']).trim()
      return expression === '' ? null : expression
    }
    default:
      return null
  }
}
