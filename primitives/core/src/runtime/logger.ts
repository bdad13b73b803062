import { pino } from 'pino'
import type { Logger } from '../log.ts'
import { redactFields, redactText } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface LoggerOptions {
  level: LogLevel
  /** Gets one line of JSON with its line break per call: a file, standard output, a test. */
  destination: { write(line: string): void }
  /** Milliseconds since the epoch; injected so that tests can fix it. */
  nowMs?: () => number
}

/** A `Logger` that writes JSON lines by pino, with secrets masked in fields and messages. */
export function createLogger(options: LoggerOptions): Logger {
  const nowMs = options.nowMs ?? Date.now
  const root = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date(nowMs()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      // Errors are already plain objects when they reach pino.
      serializers: { err: (value: unknown) => value },
    },
    options.destination,
  )
  return wrap(root, {})
}

/** What is used of pino; its own generics do not fit `exactOptionalPropertyTypes`. */
interface PinoLogger extends Record<LogLevel, (fields: object, message: string) => void> {
  isLevelEnabled(level: string): boolean
}

/** `context` is merged here, since pino's child loggers would write a key twice when a grandchild sets it again. */
function wrap(target: PinoLogger, context: object): Logger {
  const write = (level: LogLevel, fields: object, message: string): void => {
    if (!target.isLevelEnabled(level)) return
    const given = fields instanceof Error ? { err: fields } : fields
    target[level](redactFields({ ...context, ...given }) as object, redactText(message))
  }
  return {
    debug: (fields, message) => write('debug', fields, message),
    info: (fields, message) => write('info', fields, message),
    warn: (fields, message) => write('warn', fields, message),
    error: (fields, message) => write('error', fields, message),
    child: (fields) => wrap(target, { ...context, ...fields }),
  }
}
