import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { Empty, Loaded, Page, Panel, StaleBanner, cx, useEvents, useUrlState } from '@heavylift/ui'
import type { MatchListing } from '../../src/routes/answers.ts'
import { api } from '../api.ts'
import { MatchStage } from '../director/match-stage.tsx'
import { Scoreboard } from '../director/scoreboard.tsx'
import { usePlayer } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import { behindWords } from '../words.ts'
import live from '../live.module.css'
import styles from './wall.module.css'

const tiles = 4
/** Tiles show where everyone is; what is said of it stands in the list beside them. */
const noBook = { insights: [], tags: [] }

/** Four matches at once, and what matters now over all of them. */
export default function Wall() {
  const [url, setUrl] = useUrlState({ matches: '' })
  const matches = useQuery({
    queryKey: ['live', 'matches'],
    queryFn: ({ signal }) => api.get('/matches', { signal }),
    refetchInterval: 2_000,
  })
  return (
    <Page title="Wall" lead="Four matches at once, and what matters now over all of them.">
      <Loaded of={matches} what="Loading matches">
        {({ matches: listed }) => {
          if (listed.length === 0)
            return (
              <Empty title="No match yet">Replay a feed or start the simulated ones in the Director.</Empty>
            )
          const shown = chosenOf(listed, url.matches)
          const change = (at: number, id: string) =>
            setUrl({
              matches: shown.map(({ match }, index) => (index === at ? id : match.id)).join(','),
            })
          return (
            <div className={live['desk']}>
              <Tiles
                key={shown.map(({ match }) => match.id).join()}
                shown={shown}
                listed={listed}
                onChange={change}
              />
              <WhatMatters />
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** Those that the address names, each once, and then the others: what is played before what is over. */
function chosenOf(listed: MatchListing[], ids: string): MatchListing[] {
  const named = ids.split(',').flatMap((id) => listed.find(({ match }) => match.id === id) ?? [])
  const isLive = ({ status }: MatchListing) => (status === 'live' ? 1 : 0)
  const others = listed.toSorted((a, b) => isLive(b) - isLive(a) || b.firstEventMs - a.firstEventMs)
  return [...new Set([...named, ...others])].slice(0, tiles)
}

function Tiles({
  shown,
  listed,
  onChange,
}: {
  shown: MatchListing[]
  listed: MatchListing[]
  onChange: (at: number, id: string) => void
}) {
  const players = useMemo(() => new Map<string, Player['playback']>(), [])
  const stream = useEvents(
    api.events('/pictures/stream', { query: { matches: shown.map(({ match }) => match.id).join(',') } }),
    ({ data }) => players.get(data.matchId)?.push(data.picture, performance.now()),
  )
  return (
    <div>
      {stream.state === 'offline' ? <StaleBanner sinceMs={stream.lastAtMs} /> : null}
      <div className={styles['tiles']}>
        {shown.map((listing, at) => (
          <Tile
            key={listing.match.id}
            listing={listing}
            listed={listed}
            taken={shown}
            onPlayer={(playback) => players.set(listing.match.id, playback)}
            onChange={(id) => onChange(at, id)}
          />
        ))}
      </div>
    </div>
  )
}

function Tile({
  listing: { match, span },
  listed,
  taken,
  onPlayer,
  onChange,
}: {
  listing: MatchListing
  listed: MatchListing[]
  taken: MatchListing[]
  onPlayer: (playback: Player['playback']) => void
  onChange: (id: string) => void
}) {
  const player = usePlayer(match.id)
  useEffect(() => {
    onPlayer(player.playback)
  })
  const shared = { player, match, book: noBook }
  return (
    <section className={cx('hl-panel', live['screen'])} aria-label={match.title}>
      <div className={styles['tile-head']}>
        <NativeSelect
          size="xs"
          aria-label={`Match in place of ${match.title}`}
          value={match.id}
          data={listed
            .filter((each) => each.match.id === match.id || !taken.includes(each))
            .map((each) => ({ value: each.match.id, label: each.match.title }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Link to={'/live' as '/'} search={{ match: match.id } as never}>
          Direct
        </Link>
      </div>
      <Scoreboard {...shared} />
      <MatchStage {...shared} hasPictures={span !== null} carId={null} />
    </section>
  )
}

function WhatMatters() {
  const now = useQuery({
    queryKey: ['live', 'now'],
    queryFn: ({ signal }) => api.get('/now', { signal }),
    refetchInterval: 2_000,
  })
  return (
    <Panel title="What matters now" note="over all live matches, the most pressing first" flush>
      <Loaded of={now} what="Listening">
        {({ moments }) =>
          moments.length === 0 ? (
            <Empty title="Nothing yet">Moments of every live match stand here while they are fresh.</Empty>
          ) : (
            <ol className={styles['now']}>
              {moments.map(({ id, matchId, title, text, atMs, agoMs, score }) => (
                <li key={id}>
                  <Link
                    to={'/live' as '/'}
                    search={{ match: matchId, sel: id, t: String(Math.round(atMs - 5_000)) } as never}
                  >
                    <i style={{ height: `${20 + Math.min(1, score) * 80}%` }} aria-hidden="true" />
                    <span>
                      {text}
                      <small>{title}</small>
                    </span>
                    <small className="hl-number">{behindWords(agoMs)}</small>
                  </Link>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  )
}
