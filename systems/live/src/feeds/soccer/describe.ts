import type { SoccerAction, SoccerShot } from '../../domain/feed-event.ts'
import type { Team } from '../../domain/match.ts'

const outcomes: Readonly<Record<SoccerShot['outcome'], string>> = {
  goal: 'scores',
  saved: 'is denied by the goalkeeper',
  blocked: 'has a shot blocked',
  post: 'hits the woodwork',
  'off-target': 'shoots wide',
}

const actions: Readonly<Partial<Record<SoccerAction['type'], string>>> = {
  'own-goal': 'puts the ball into their own net',
  save: 'makes a save',
  foul: 'commits a foul',
  offside: 'is offside',
  corner: 'takes a corner',
  'free-kick': 'takes a free kick',
}

const cards = { yellow: 'a yellow card', 'second-yellow': 'a second yellow card', red: 'a red card' }

function shotWords({ outcome, situation, bodyPart }: SoccerShot): string {
  const from =
    situation === 'penalty'
      ? ' from the penalty spot'
      : situation === 'direct-free-kick'
        ? ' from a free kick'
        : ''
  return `${outcomes[outcome]}${from}${bodyPart === 'head' ? ' with the head' : ''}`
}

/** A sentence on what a row tells, for feeds that have none; '' for passes, touches and the like, of which there are a thousand a match. */
export function describeAction(
  action: Pick<SoccerAction, 'type' | 'playerName' | 'shot' | 'card' | 'addedMinutes' | 'otherPlayers'>,
  team: Team | null,
  period: number,
): string {
  const { type, playerName, shot, card, addedMinutes, otherPlayers } = action
  const name = team?.name ?? ''
  const who = playerName === null ? name : name === '' ? playerName : `${playerName} (${name})`
  if (type === 'period-start')
    return (
      ['Kick-off', 'Second half', 'Extra time', 'Second half of extra time', 'Shoot-out'][period - 1] ?? ''
    )
  if (type === 'period-end')
    return (
      ['Half-time', 'Full-time', 'Half-time of extra time', 'End of extra time', 'End of the shoot-out'][
        period - 1
      ] ?? ''
    )
  if (type === 'added-time')
    return addedMinutes === null
      ? 'Added time'
      : `${addedMinutes} added ${addedMinutes === 1 ? 'minute' : 'minutes'}`
  if (who === '') return ''
  if (shot) return `${who} ${shotWords(shot)}`
  if (card) return `${who} gets ${cards[card]}`
  if (type === 'substitution') {
    const off = otherPlayers.find(({ role }) => role === 'off')
    return off ? `${who} comes on for ${off.name}` : `${who} comes on`
  }
  const words = actions[type]
  return words === undefined ? '' : `${who} ${words}`
}
