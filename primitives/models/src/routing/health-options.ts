export interface BreakerOptions {
  /** Failures in a row that open it. */
  consecutiveFailures: number
  /** Share of failures in the window that opens it, once the window holds `minRequests`. */
  failureRate: number
  minRequests: number
  windowMs: number
  /** First pause; each further opening doubles it up to `maxPauseMs`. */
  pauseMs: number
  maxPauseMs: number
  /** Spread of a pause, as a share of it to either side, so that gateways do not probe in step. */
  jitter: number
}

export interface EjectionOptions {
  /** How often replicas are compared. */
  everyMs: number
  /** Requests a replica must have answered in the window before it is compared. */
  minRequests: number
  /** Ejected when its failure rate exceeds the mean of the others' by this much. */
  failureRateAbove: number
  /** Ejected when its first tokens come this many times as late, for the work asked, as the median of the others'. */
  slowerThan: number
  /** Ejected when it gave no sign for this long beyond five times its usual first-token time, while others did. */
  silentMs: number
  /** Never more than this share of a tier's replicas, rounded down. */
  maxShare: number
}

export interface SlowStartOptions {
  /** 0 for none. */
  rampMs: number
  /** Share of its weight that a replica comes back with. */
  from: number
}

export interface HealthOptions {
  breaker: BreakerOptions
  ejection: EjectionOptions
  slowStart: SlowStartOptions
}

/** For replicas of a language model: requests take seconds, so few of them tell much. */
export const defaultHealthOptions: HealthOptions = {
  breaker: {
    consecutiveFailures: 5,
    failureRate: 0.5,
    minRequests: 20,
    windowMs: 10_000,
    pauseMs: 1_000,
    maxPauseMs: 30_000,
    jitter: 0.2,
  },
  ejection: {
    everyMs: 100,
    minRequests: 10,
    failureRateAbove: 0.3,
    slowerThan: 10,
    silentMs: 250,
    maxShare: 0.5,
  },
  slowStart: { rampMs: 10_000, from: 0.1 },
}
