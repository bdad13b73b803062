import { clamp } from '@heavylift/core/math'
import { StateMark, cx } from '@heavylift/ui'
import type { Match } from '../../src/domain/match.ts'
import type { RaceMark } from '../../src/pipeline/pictures/picture.ts'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import { fuelOf, verdictWords } from './fuel-of.ts'
import type { CarFuelView } from './fuel-of.ts'
import type { Book } from './insight-book.ts'
import styles from './director.module.css'

/** Every car in order with its burn bar: fuel left with its 80 % interval, and whether that reaches the end. */
export function RunningOrder({
  player,
  book,
  carId,
  onCar,
  onSelect,
}: {
  player: Player
  match: Match
  book: Book
  carId: string | null
  onCar: (carId: string | null) => void
  onSelect: (insightId: string) => void
}) {
  const { picture, atMs } = useHead(player, 1_000)
  const cars = (picture?.race?.cars ?? []).toSorted((a, b) => a.position - b.position)
  const fuel = fuelOf(book, (atMs ?? Infinity) + 1_000)
  return (
    <ol className={styles['tower']} tabIndex={0} aria-label="Running order">
      {cars.map((car) => (
        <li key={car.carId}>
          <button
            type="button"
            aria-pressed={car.carId === carId}
            onClick={() => {
              onCar(car.carId === carId ? null : car.carId)
              const known = fuel.get(car.carId)
              if (known) onSelect(known.insightId)
            }}
          >
            <Row car={car} fuel={fuel.get(car.carId) ?? null} />
          </button>
        </li>
      ))}
    </ol>
  )
}

function Row({ car, fuel }: { car: RaceMark; fuel: CarFuelView | null }) {
  const verdict = fuel && verdictWords(fuel)
  return (
    <>
      <span className={cx(styles['tower-place'], 'hl-number')}>{car.position}</span>
      <span className={cx(styles['tower-number'], 'hl-number')}>{car.number}</span>
      <span className={cx(styles['tower-name'], 'hl-cut')}>
        {car.driver}
        <small className="hl-number">{stopWords(car, fuel)}</small>
      </span>
      {fuel && verdict ? (
        <span className={styles['tower-fuel']}>
          <BurnBar fuel={fuel} />
          <span className={styles['tower-verdict']}>
            <span className="hl-number">{fuel.lapsToEmpty.value.toFixed(1)}</span>
            <StateMark state={verdict.state}>{verdict.word}</StateMark>
          </span>
        </span>
      ) : (
        <span
          className="hl-fine"
          title="An engine that nobody measured is told after a lap with its gauge or a stop with its litres."
        >
          after one lap
        </span>
      )}
    </>
  )
}

function stopWords(car: RaceMark, fuel: CarFuelView | null): string {
  if (!car.isRunning) return 'out'
  if (car.onPitRoad) return 'on pit road'
  const stops = `${car.pitStops} ${car.pitStops === 1 ? 'stop' : 'stops'}`
  if (!fuel?.pitWindow) return stops
  return `pit ${fuel.pitWindow.from}–${fuel.pitWindow.to} · ${stops}`
}

function BurnBar({ fuel }: { fuel: CarFuelView }) {
  const place = (litres: number) => clamp(litres / fuel.capacityLitres, 0, 1) * 100
  const { low, value, high } = fuel.litres
  return (
    <span
      className={styles['burn']}
      data-state={verdictWords(fuel).state}
      role="img"
      aria-label={`${value.toFixed(1)} l of ${fuel.capacityLitres.toFixed(0)} (${low.toFixed(1)} to ${high.toFixed(1)})`}
    >
      <span style={{ width: `${place(value)}%` }} />
      <i style={{ left: `${place(low)}%`, width: `${Math.max(1, place(high) - place(low))}%` }} />
    </span>
  )
}
