import styles from './strip-chart.module.css'
/** One line of a strip chart. */
export interface StripLine {
  label: string
  timeS: readonly number[]
  values: readonly number[]
  tone: 'accent' | 'second'
}

const width = 1000

/** A value over the time of a run, under its replay: lines on one axis, with a dangerous zone and the play head. Values beyond the axis are not drawn. */
export function StripChart({
  title,
  unit,
  lines,
  endS,
  most,
  least = 0,
  dangerBelow,
  atS,
  heightPx = 64,
}: {
  title: string
  unit: string
  lines: StripLine[]
  endS: number
  least?: number
  most: number
  dangerBelow?: number
  atS: number
  heightPx?: number
}) {
  const x = (timeS: number) => (timeS / Math.max(endS, 1e-6)) * width
  const y = (value: number) => heightPx - ((value - least) / (most - least)) * heightPx
  const now = lines.map(({ label, timeS, values }) => {
    const index = timeS.findLastIndex((time) => time <= atS + 1e-9)
    const value = values[Math.max(0, index)] ?? Infinity
    return `${lines.length > 1 ? `${label} ` : ''}${value > most ? `over ${most}` : value.toFixed(1)} ${unit}`
  })
  return (
    <figure className={styles['strip']}>
      <figcaption>
        <span>{title}</span>
        <span className="hl-number">{now.join(' · ')}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${heightPx}`}
        preserveAspectRatio="none"
        style={{ height: heightPx }}
        role="img"
        aria-label={`${title} over the run, now ${now.join(', ')}`}
      >
        {dangerBelow === undefined ? null : (
          <rect
            className={styles['stripDanger']}
            x={0}
            width={width}
            y={y(dangerBelow)}
            height={heightPx - y(dangerBelow)}
          />
        )}
        {least < 0 ? <line className={styles['stripZero']} x1={0} x2={width} y1={y(0)} y2={y(0)} /> : null}
        {lines.map(({ label, timeS, values, tone }) => (
          <path
            key={label}
            className={styles['stripLine']}
            data-tone={tone}
            d={pathOf(timeS, values, x, y, most)}
          />
        ))}
        <line className={styles['stripHead']} x1={x(atS)} x2={x(atS)} y1={0} y2={heightPx} />
      </svg>
    </figure>
  )
}

function pathOf(
  timeS: readonly number[],
  values: readonly number[],
  x: (timeS: number) => number,
  y: (value: number) => number,
  most: number,
): string {
  let path = ''
  let isDown = false
  for (const [index, value] of values.entries()) {
    const isShown = value <= most
    if (isShown) path += `${isDown ? 'L' : 'M'}${x(timeS[index] as number).toFixed(1)} ${y(value).toFixed(1)}`
    isDown = isShown
  }
  return path
}
