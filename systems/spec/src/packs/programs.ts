import type { Arg } from './pack.ts'
import { ownTable } from '../parse/own-table.ts'

/** What a call, a decorator or an annotation says that a program does besides answering requests. */
export type ProgramRule =
  /** A command; its name is the first word of a text, or the decorated function's. */
  | { does: 'command'; name?: Arg }
  /** Something that runs by a schedule, or when it is queued. */
  | { does: 'job'; name?: Arg; schedule?: Arg | Arg[] }
  | { does: 'event'; name: Arg; direction: 'publishes' | 'consumes' }

/** Calls, by the path of what is called (documentation of commander, node-cron, cron, BullMQ, cobra). */
export const programCalls: Record<string, ProgramRule> = ownTable({
  'commander.program.command': { does: 'command', name: 0 },
  'commander.Command().command': { does: 'command', name: 0 },
  'node-cron.schedule': { does: 'job', name: 1, schedule: 0 },
  'cron.CronJob': { does: 'job', name: 1, schedule: 0 },
  'cron.CronJob.from': { does: 'job', name: 'onTick', schedule: 'cronTime' },
  'bullmq.Worker': { does: 'job', name: 0 },
  'github.com/robfig/cron/v3.Cron().AddFunc': { does: 'job', name: 1, schedule: 0 },
})

/** Decorators of functions (documentation of click, Typer, Celery), with or without a call. */
export const programDecorators: Record<string, ProgramRule> = ownTable({
  'click.command': { does: 'command', name: 0 },
  'typer.Typer().command': { does: 'command', name: 0 },
  'celery.shared_task': { does: 'job', name: 'name' },
  'celery.Celery().task': { does: 'job', name: 'name' },
})

const everyFrom = ['cron', 'fixedRate', 'fixedDelay', 'fixedRateString', 'fixedDelayString']

/** Annotations of methods (documentation of Spring, Micronaut and Nest). */
export const programAnnotations: Record<string, ProgramRule> = ownTable({
  'org.springframework.scheduling.annotation.Scheduled': { does: 'job', schedule: everyFrom },
  'io.micronaut.scheduling.annotation.Scheduled': { does: 'job', schedule: everyFrom },
  '@nestjs/schedule.Cron': { does: 'job', schedule: 0 },
  '@nestjs/schedule.Interval': { does: 'job', schedule: 0 },
  '@nestjs/event-emitter.OnEvent': { does: 'event', name: 0, direction: 'consumes' },
  '@nestjs/microservices.EventPattern': { does: 'event', name: 0, direction: 'consumes' },
  'org.springframework.kafka.annotation.KafkaListener': {
    does: 'event',
    name: 'topics',
    direction: 'consumes',
  },
  'org.springframework.amqp.rabbit.annotation.RabbitListener': {
    does: 'event',
    name: 'queues',
    direction: 'consumes',
  },
})

/** Imports of what has commands and jobs: such files are run too. */
export const programUses =
  /^(?:commander|node-cron|cron|bullmq|click|typer|celery|github\.com\/(?:spf13\/cobra|robfig\/cron\/v3))(?:\.|$)/
