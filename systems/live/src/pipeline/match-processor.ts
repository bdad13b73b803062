import { InvalidInputError } from '@heavylift/core'
import { stableId } from '@heavylift/streams'
import type { Codec, Processor, ProcessorContext } from '@heavylift/streams'
import type { FeedEvent } from '../domain/feed-event.ts'
import type { Insight, InsightDraft, InsightOutcome } from '../domain/insight.ts'
import type { LiveOutput } from '../domain/live-output.ts'
import type { Match } from '../domain/match.ts'
import { splitMatchKey } from '../domain/match-key.ts'
import type { TagDraft } from '../domain/tag.ts'
import type { Rule, Say } from '../domain/rule.ts'
import {
  awaitOutcome,
  createMatchState,
  loadMatchState,
  nextRevision,
  saveMatchState,
} from './match-state.ts'
import type { MatchState } from './match-state.ts'
import { claimOf, isBorneOut, isRight } from './scoring.ts'
import { feedTopic, outputTopic } from './topics.ts'

export interface MatchProcessorOptions {
  rules: readonly Rule[]
  feed: Codec<FeedEvent>
  output: Codec<LiveOutput>
  /** An event older than the match's newest by more than this goes to the dead-letter topic. */
  allowedLatenessMs: number
}

/**
 * Runs every rule of a match over its events. A late event is run like any other: what it says about its own occasion is
 * a revision of what was said before.
 */
export function createMatchProcessor(
  options: MatchProcessorOptions,
): Processor<FeedEvent, MatchState, LiveOutput> {
  const { rules } = options
  return {
    name: 'live-match',
    version: rules.reduce(
      (sum, rule, index) => (sum * 31 + rule.version * (index + 1)) % 1_000_003,
      rules.length,
    ),
    input: { topic: feedTopic, codec: options.feed },
    output: { topic: outputTopic, codec: options.output },
    allowedLatenessMs: options.allowedLatenessMs,
    watermarkPer: 'key',
    createState: () => createMatchState(rules),
    saveState: (state) => saveMatchState(state, rules),
    loadState: (saved) => loadMatchState(saved, rules),

    onEvent({ key, value: event, eventTimeMs }, context) {
      const { state } = context
      const { matchId } = splitMatchKey(key)
      if (event.kind === 'match') {
        // The match is known by its key; a feed's own id may be another where it was given a new name at ingest.
        state.match = { ...event.match, id: matchId }
        context.emit({
          rule: 'match',
          eventTimeMs,
          part: event.sourceRef,
          value: { type: 'match', match: state.match, atMs: eventTimeMs },
        })
      }
      // Pit stops, flags and laps of a race come in feeds of their own, which name no match.
      if (state.match === null && event.kind.startsWith('race-')) {
        state.match = raceNamed(matchId)
        context.emit({
          rule: 'match',
          eventTimeMs,
          part: 'made',
          value: { type: 'match', match: state.match, atMs: eventTimeMs },
        })
      }
      // Other feeds begin with their match: before it nothing can be said.
      if (state.match === null)
        throw new InvalidInputError({
          code: 'match-unknown',
          message: `Nothing is known of match ${matchId} yet: send its match event (or the feed from its beginning) before a ${event.kind}.`,
        })
      const { sport } = state.match
      for (const rule of rules) {
        if (!rule.sports.includes(sport)) continue
        rule.onEvent(event, state.rules.get(rule.name), speaker(rule, matchId, eventTimeMs, context))
      }
      if (event.kind === 'match-end') {
        const { homeScore, awayScore, order } = event
        context.emit({
          rule: 'match-end',
          eventTimeMs,
          value: { type: 'match-end', homeScore, awayScore, order, atMs: eventTimeMs },
        })
      }
    },
  }
}

/** A race of which a feed gave no more than events. */
function raceNamed(id: string): Match {
  return { id, sport: 'race', title: id, home: null, away: null, homeSpread: null, race: null }
}

function speaker(
  rule: Rule,
  matchId: string,
  eventTimeMs: number,
  context: ProcessorContext<MatchState, LiveOutput>,
): Say {
  const { state } = context
  const name = `${rule.name}@${rule.version}`
  return {
    match: state.match,
    insight(draft: InsightDraft) {
      if (state.match === null) return
      const { kind, subject, occasion } = draft
      const id = insightId(matchId, draft)
      const revision = nextRevision(state, kind, subject, occasion)
      const insight: Insight = { ...draft, id, revision, matchId, sport: state.match.sport, rule: name }
      if (draft.isScored && claimOf(draft.estimate)) awaitOutcome(state, id, kind, draft.estimate)
      context.emit({ rule: kind, eventTimeMs, part: id, revision, value: { type: 'insight', insight } })
    },
    tag(draft: TagDraft) {
      if (state.match === null) return
      const id = `tag_${stableId(matchId, draft.type, draft.occasion)}`
      const revision = nextRevision(state, `tag:${draft.type}`, '', draft.occasion)
      const tag = { ...draft, id, matchId, sport: state.match.sport }
      context.emit({ rule: `tag:${rule.name}`, eventTimeMs, part: id, revision, value: { type: 'tag', tag } })
    },
    outcome(outcome: InsightOutcome) {
      const id = insightId(matchId, outcome)
      const waiting = state.waiting.get(id)
      const claim = waiting && claimOf(waiting.estimate)
      if (!waiting || !claim) return
      state.waiting.delete(id)
      context.emit({
        rule: `outcome:${outcome.kind}`,
        eventTimeMs,
        part: id,
        value: {
          type: 'scored',
          insightId: id,
          kind: waiting.kind,
          confidence: claim.confidence,
          isCorrect: isRight(waiting.estimate, outcome.happened),
          cameTrue: isBorneOut(waiting.estimate, outcome.happened),
          happened: outcome.happened,
          atMs: outcome.eventTimeMs,
        },
      })
    },
  }
}

function insightId(matchId: string, of: { kind: string; subject: string; occasion: string }): string {
  return `ins_${stableId(matchId, of.kind, of.subject, of.occasion)}`
}
