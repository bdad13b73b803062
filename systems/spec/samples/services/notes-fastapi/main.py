from fastapi import APIRouter, FastAPI, HTTPException, status
from pydantic import BaseModel, Field

app = FastAPI()
router = APIRouter(prefix="/notes")
NOTES: dict[int, dict] = {}


class NewNote(BaseModel):
    title: str = Field(min_length=1, max_length=80)
    text: str = ""


@router.get("")
def list_notes(limit: int = 20):
    return list(NOTES.values())[:limit]


@router.post("", status_code=status.HTTP_201_CREATED)
def create_note(note: NewNote):
    number = len(NOTES) + 1
    NOTES[number] = {"id": number, **note.model_dump()}
    return NOTES[number]


def find(note_id: int):
    if note_id not in NOTES:
        raise HTTPException(status_code=404, detail="No such note.")
    return NOTES[note_id]


@router.get("/{note_id}")
def read_note(note_id: int):
    return find(note_id)


@router.delete("/{note_id}", status_code=204)
def delete_note(note_id: int):
    find(note_id)
    del NOTES[note_id]


app.include_router(router, prefix="/api")
