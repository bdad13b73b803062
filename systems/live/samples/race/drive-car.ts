import type { SimulatedCar } from './race-car.ts'
import { chooseGear, engineRpm, fuelFlow, fullPower } from './race-engine.ts'
import { gripOf } from './speed-profile.ts'
import type { TrackShape } from './track-shape.ts'

const rollingMps2 = 0.15
const gravityShare = 0.745

/** Forward acceleration at full throttle, m/s², with a full tank's typical mass; never more than the tyres give. */
export function fullAcceleration(car: SimulatedCar, speedMps: number): number {
  const { engine } = car
  const gear = chooseGear(engine, 1, speedMps)
  const power = fullPower(engine, engineRpm(engine, gear, speedMps))
  const mass = engine.massKg + gravityShare * car.fuelLitres
  return Math.min(7, (power / Math.max(8, speedMps) - engine.dragKgPerM * speedMps ** 2) / mass - rollingMps2)
}

/**
 * Drives one step towards a target speed: pedals, gear and engine speed follow from the force that it takes, and fuel
 * burns by the true engine. Without fuel there is no force.
 */
export function driveCar(car: SimulatedCar, track: TrackShape, targetMps: number, seconds: number): void {
  const { engine } = car
  const mass = engine.massKg + gravityShare * car.fuelLitres
  const v = car.speedMps
  car.gear = v < 1 && targetMps < 1 ? 0 : chooseGear(engine, car.gear, v)
  car.rpm = car.gear === 0 ? engine.idleRpm : engineRpm(engine, car.gear, v)
  const drag = engine.dragKgPerM * v * v + rollingMps2 * mass
  const isDead = car.fuelLitres <= 0 || car.phase === 'coasting' || car.phase === 'out'
  const wanted = (targetMps - v) / seconds
  const braking = gripOf[track.kind].brakingMps2
  const full = isDead ? 0 : Math.min(7 * mass, fullPower(engine, car.rpm) / Math.max(8, v))
  const force = Math.max(-braking * mass, Math.min(full, mass * wanted + drag))
  const power = force > 0 ? force * Math.max(v, 1) : 0
  const load = full > 0 ? Math.max(0, force / full) : 0
  car.throttle = force > 0 && !isDead ? Math.min(1, load) ** engine.pedal : 0
  car.brake = force < 0 && !isDead ? Math.min(1, -force / (braking * mass)) : 0
  const flow = isDead ? 0 : fuelFlow(engine, car.rpm, car.gear === 0 ? 0 : power)
  const burnt = Math.min(car.fuelLitres, flow * seconds)
  car.fuelLitres -= burnt
  car.usedLitres += burnt
  if (isDead) car.rpm = 0
  const applied = isDead ? -drag - 0.6 * mass : force - drag
  const next = Math.max(0, v + (applied / mass) * seconds)
  car.metres += 0.5 * (v + next) * seconds
  car.speedMps = next
}
