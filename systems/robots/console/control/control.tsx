import { NativeSelect } from '@mantine/core'
import {
  ActionButton,
  Chip,
  Empty,
  LiveMark,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  formatAgo,
  formatCount,
  useUrlState,
} from '@heavylift/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { controlZoneTypes, vdaZoneTypes } from '../../src/control/zone-types.ts'
import { api } from '../api.ts'
import type { CellBox } from '../live/floor-view.ts'
import { StopButton, StoppedBanner } from '../live/stop-panel.tsx'
import { ZoneForm } from '../live/zone-form.tsx'
import { ZoneList } from '../live/zone-list.tsx'
import type { DrawnZone } from '../live/zone-list.tsx'
import { ConnectPanel } from './connect-panel.tsx'
import { RobotsPanel } from './robots-panel.tsx'

const refreshMs = 2_000
/** A report that is older comes from no gateway that still leads. */
const staleMs = 10_000
const firstBox: CellBox = { top: 0, left: 0, bottom: 0, right: 0 }

/** Floors whose robots are commanded over the wire: who is connected, who needs somebody, stop, zones, and how a robot is connected. */
export default function ControlPage() {
  const [url, setUrl] = useUrlState({ floor: '' })
  const floors = useQuery({
    queryKey: ['robots', 'floors'],
    queryFn: ({ signal }) => api.get('/floors', { signal }),
    refetchInterval: 10_000,
  })
  const ids = (floors.data?.floors ?? []).map((floor) => floor.floorId)
  const floorId = ids.includes(url.floor) ? url.floor : ids[0]
  return (
    <Page
      title="Control"
      lead="Robots that are commanded by VDA 5050 over MQTT, simulated or real."
      {...(ids.length > 1
        ? {
            actions: (
              <NativeSelect
                size="xs"
                aria-label="Floor"
                data={ids}
                value={floorId ?? ''}
                onChange={(event) => setUrl({ floor: event.currentTarget.value })}
              />
            ),
          }
        : {})}
    >
      <Loaded of={floors} what="Loading floors">
        {() =>
          floorId === undefined ? (
            <Panel title="Floors under control">
              <Empty title="No floor is under control">
                The commands below start one with simulated robots, and a real robot joins it the same way.
              </Empty>
            </Panel>
          ) : (
            <ControlledFloor key={floorId} floorId={floorId} />
          )
        }
      </Loaded>
      {floorId === undefined ? <ConnectPanel broker="" robot={null} /> : null}
    </Page>
  )
}

function ControlledFloor({ floorId }: { floorId: string }) {
  const params = { floorId }
  const control = useQuery({
    queryKey: ['robots', 'control', floorId],
    queryFn: ({ signal }) => api.get('/floors/:floorId/control', { params, signal }),
    refetchInterval: refreshMs,
  })
  const robots = useQuery({
    queryKey: ['robots', 'control', floorId, 'robots'],
    queryFn: ({ signal }) => api.get('/floors/:floorId/robots', { params, signal }),
    refetchInterval: refreshMs,
  })
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: ['robots', 'control', floorId] })
  const stopping = {
    stop: (reason: string) => api.post('/floors/:floorId/stop', { params, body: { reason } }).finally(again),
    ask: () => api.post('/floors/:floorId/stop/release', { params }),
    release: (token: string, reason: string) =>
      api.post('/floors/:floorId/stop/confirm', { params, body: { token, reason } }).finally(again),
  }
  const told = robots.data
  const atMs = told?.at == null ? null : Date.parse(told.at)
  const isLed = atMs !== null && robots.dataUpdatedAt - atMs < staleMs
  const lostAt = isLed ? (told?.brokerLostAt ?? null) : null
  const stop = control.data?.stop
  const count = (...names: string[]): number =>
    names.reduce((sum, name) => sum + (told?.byStatus[name] ?? 0), 0)
  return (
    <>
      {stop?.isLatched === true ? (
        <StoppedBanner
          reason={stop.reason}
          of={stopping}
          notSeen={told === undefined ? 0 : told.total - count('paused')}
        />
      ) : null}
      <Loaded of={robots} what="Loading robots">
        {({ total, counts, broker }) => (
          <>
            <Stats>
              <Stat
                label="Robots at work"
                value={formatCount(count('ready', 'paused'))}
                unit={`of ${formatCount(total)}`}
                detail={count('paused') > 0 ? `${formatCount(count('paused'))} stand` : 'connected'}
              />
              <Stat
                label="In quarantine"
                value={formatCount(count('quarantined'))}
                detail="need somebody to look"
                {...(count('quarantined') > 0 ? { tone: 'bad' as const } : {})}
              />
              <Stat
                label="Not reached"
                value={formatCount(count('lost', 'waiting', 'away'))}
                detail="lost, silent or driven by hand"
                {...(count('lost', 'waiting', 'away') > 0 ? { tone: 'warn' as const } : {})}
              />
              <Stat
                label="Messages sent"
                value={formatCount(counts.sent)}
                detail={`${formatCount(counts.resent)} again, ${formatCount(counts.refused)} refused`}
              />
              <Stat
                label="Tasks open"
                value={formatCount(control.data?.open ?? 0)}
                detail={`${formatCount(control.data?.finished ?? 0)} finished`}
              />
            </Stats>
            <Panel
              title={`Floor ${floorId}`}
              note={broker === '' ? 'no gateway has led it yet' : `broker ${broker}`}
              actions={
                <>
                  <LiveMark freshness={isLed && lostAt === null ? 'live' : 'stale'} />
                  <StopButton stop={stopping.stop} />
                </>
              }
            >
              {lostAt === null ? (
                <p className="hl-dim">
                  {isLed
                    ? 'A gateway leads this floor. What is below is at most two seconds old.'
                    : 'No gateway leads this floor now: robots finish the way that they were given, and stand.'}
                </p>
              ) : (
                <Notice tone="bad">
                  The broker is out of reach: the gateway lost it{' '}
                  {formatAgo(Date.parse(lostAt), robots.dataUpdatedAt)} and tries again ten times a second.
                  Until it is back no robot hears anything, an emergency stop included: robots finish the way
                  that they were given, and stand.
                </Notice>
              )}
            </Panel>
          </>
        )}
      </Loaded>
      {told ? (
        <RobotsPanel floorId={floorId} robots={told.robots} total={told.total} nowMs={robots.dataUpdatedAt} />
      ) : null}
      <Zones floorId={floorId} zones={control.data?.zones ?? []} onChange={() => void again()} />
      <ConnectPanel broker={told?.broker ?? ''} robot={told?.robots[0] ?? null} />
    </>
  )
}

function Zones({
  floorId,
  zones,
  onChange,
}: {
  floorId: string
  zones: readonly DrawnZone[]
  onChange: () => void
}) {
  const [box, setBox] = useState<CellBox | null>(null)
  return (
    <Panel
      title="Zones"
      note="closed to robots, or with a person in them"
      actions={
        <ActionButton
          label="New zone"
          shortcut="z"
          variant="default"
          onAct={() => setBox(box === null ? firstBox : null)}
        />
      }
    >
      {box === null ? null : (
        <ZoneForm
          box={box}
          types={controlZoneTypes}
          draw={(zone) =>
            api.post('/floors/:floorId/zones', { params: { floorId }, body: zone }).finally(onChange)
          }
          onBox={setBox}
          onDone={() => setBox(null)}
        />
      )}
      <ZoneList
        zones={zones}
        open={(zoneId) =>
          api
            .post('/floors/:floorId/zones/:zoneId/open', {
              params: { floorId, zoneId: String(zoneId) },
              body: { reason: 'Opened from the console' },
            })
            .finally(onChange)
        }
        empty={box === null ? <p className="hl-dim">None.</p> : null}
      />
      <details>
        <summary>Zone types of VDA 5050 3.0: which are sent, and why not</summary>
        <dl className="hl-stack">
          {vdaZoneTypes.map(({ type, isSent, why }) => (
            <div key={type}>
              <dt>
                <Chip {...(isSent ? { tone: 'good' } : {})}>{isSent ? 'sent' : 'not sent'}</Chip>{' '}
                <code>{type}</code>
              </dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Panel>
  )
}
