const width = 120
const height = 24

/** Values of equal steps, oldest first, from zero up; the number beside it says where it ends. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const top = Math.max(1, ...values)
  const step = width / Math.max(1, values.length - 1)
  const y = (value: number) => height - 1 - (value / top) * (height - 2)
  const line = values.map((value, index) => `${(index * step).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return (
    <svg
      className="models-spark"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.length > 1 ? (
        <>
          <polygon points={`0,${height} ${line} ${width},${height}`} />
          <polyline points={line} />
        </>
      ) : null}
    </svg>
  )
}
