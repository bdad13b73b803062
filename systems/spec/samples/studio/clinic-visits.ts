import type { SampleRepository } from './sample-repository.ts'

const main = `from fastapi import FastAPI

from clinic.patients import router as patients
from clinic.visits import router as visits

app = FastAPI(title="Clinic")
app.include_router(patients, prefix="/patients")
app.include_router(visits, prefix="/visits")


@app.get("/health")
def health():
    return {"ok": True}
`

const guards = `from fastapi import Header, HTTPException


def signed_in(authorization: str | None = Header(default=None)):
    if authorization is None:
        raise HTTPException(status_code=401, detail="Sign in first.")
    return authorization
`

const patients = `from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, Field

from clinic.guards import signed_in

router = APIRouter()
PATIENTS: dict[int, dict] = {}


class NewPatient(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    born: int = Field(ge=1900, le=2100)


@router.get("")
def list_patients(name: str = "", limit: int = 50, who: str = Depends(signed_in)):
    return [one for one in PATIENTS.values() if name in one["name"]][:limit]


@router.post("", status_code=201)
def add_patient(patient: NewPatient, who: str = Depends(signed_in)):
    number = len(PATIENTS) + 1
    PATIENTS[number] = {"id": number, **patient.model_dump()}
    return PATIENTS[number]


@router.get("/{patient_id}")
def read_patient(patient_id: int, who: str = Depends(signed_in)):
    if patient_id not in PATIENTS:
        raise HTTPException(status_code=404, detail="No such patient.")
    return PATIENTS[patient_id]
`

const visits = `from enum import Enum

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, Field

from clinic.guards import signed_in
from clinic.patients import PATIENTS

router = APIRouter()
VISITS: dict[int, dict] = {}


class Reason(str, Enum):
    check = "check"
    pain = "pain"
    vaccination = "vaccination"


class NewVisit(BaseModel):
    patient: int
    reason: Reason
    minutes: int = Field(ge=10, le=120)


@router.post("", status_code=201)
def book_visit(visit: NewVisit, who: str = Depends(signed_in)):
    if visit.patient not in PATIENTS:
        raise HTTPException(status_code=404, detail="No such patient.")
    number = len(VISITS) + 1
    VISITS[number] = {"id": number, "state": "booked", **visit.model_dump()}
    return VISITS[number]


@router.post("/{visit_id}/cancel")
def cancel_visit(visit_id: int, who: str = Depends(signed_in)):
    visit = VISITS.get(visit_id)
    if visit is None:
        raise HTTPException(status_code=404, detail="No such visit.")
    if visit["state"] == "over":
        raise HTTPException(status_code=409, detail="It is over.")
    visit["state"] = "cancelled"
    return visit
`

/** Python on FastAPI: patients and visits of a clinic. */
export const clinicVisits: SampleRepository = {
  id: 'clinic-visits',
  name: 'Clinic visits (Python, FastAPI)',
  files: {
    'requirements.txt': 'fastapi>=0.115\n',
    'README.md': '# Clinic visits\n\nPatients and their visits.\n',
    'main.py': main,
    'clinic/__init__.py': '',
    'clinic/guards.py': guards,
    'clinic/patients.py': patients,
    'clinic/visits.py': visits,
  },
  drift: {
    path: 'clinic/visits.py',
    from: 'le=120',
    to: 'le=240',
    message: 'Let visits last four hours',
  },
}
