import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const modelsOf = async (files: Record<string, string>) =>
  (await extractFiles(files)).set.facts.flatMap((fact) =>
    fact.kind === 'model' ? [sayFact(fact, fact.name).replace('THE service SHALL use the model ', '')] : [],
  )

test('a field of a class of its own is one of what that extends, and what a serializer only gives is said to be left out [SPEC-PACKS-01]', async () => {
  const found = await modelsOf({
    'requirements.txt': 'django\ndjangorestframework\n',
    'depot/urls.py': `
from django.urls import path
from depot import views
urlpatterns = [path('crates/', views.Crates.as_view()), path('labels/', views.Labels.as_view())]
`,
    'depot/models.py': `
from django.db import models
class Crate(models.Model):
    label = models.CharField(max_length=20)
    weight = models.IntegerField()
    made = models.DateTimeField(auto_now_add=True)
`,
    'depot/views.py': `
from rest_framework import generics, serializers
from depot.models import Crate

class Owner(serializers.PrimaryKeyRelatedField):
    class Inner(serializers.Serializer):
        name = serializers.CharField()

class Free(serializers.RelatedField):
    def to_internal_value(self, data):
        return data

class CrateSerializer(serializers.ModelSerializer):
    owner = Owner(queryset=None)
    link = Free(required=False)
    def validate_label(self, value):
        return value
    class Meta:
        model = Crate
        fields = ('id', 'label', 'owner', 'link', 'made')

class LabelSerializer(CrateSerializer):
    size = serializers.IntegerField()
    class Meta(CrateSerializer.Meta):
        fields = ('label', 'size', 'weight')

class Crates(generics.CreateAPIView):
    serializer_class = CrateSerializer
class Labels(generics.CreateAPIView):
    serializer_class = LabelSerializer
`,
  })
  expect(found.toSorted()).toEqual([
    'CrateSerializer with owner (integer, required), link, label (string, required, 1 to 20 characters), and fields that requests do not set or that are not told here.',
    'LabelSerializer with size (integer, required), label (string, required, 1 to 20 characters), weight (integer, required).',
  ])
})

test('of a serializer whose fields are listed when the program runs those are told that are declared or stand in the list [SPEC-PACKS-01]', async () => {
  const found = await modelsOf({
    'requirements.txt': 'djangorestframework\n',
    'depot/settings.py': "ROOT_URLCONF = 'depot.urls'\n",
    'depot/urls.py': `
from django.urls import path
from depot import views
urlpatterns = [path("crates/", views.Crates.as_view()), path("boxes/", views.Boxes.as_view())]
`,
    'depot/models.py': `
from django.db import models
class Crate(models.Model):
    label = models.CharField(max_length=20)
    weight = models.IntegerField()
`,
    'depot/views.py': `
from rest_framework import generics, serializers
from depot.models import Crate

class Owned(serializers.ModelSerializer):
    owner = serializers.IntegerField()
    kind = serializers.CharField()

class CrateSerializer(Owned):
    kind = "crate"
    rank = serializers.ChoiceField(choices=["a", "b"])
    class Meta:
        model = Crate
        fields = [one.name for one in Crate._meta.get_fields() if one.name not in ["secret"]] + ["label"]

class BoxSerializer(Owned):
    size = serializers.IntegerField()
    class Meta:
        model = Crate
        fields = [one.name for one in Crate._meta.get_fields()]

class Crates(generics.CreateAPIView):
    serializer_class = CrateSerializer
class Boxes(generics.CreateAPIView):
    serializer_class = BoxSerializer
`,
  })
  expect(found.toSorted()).toEqual([
    'BoxSerializer with size (integer, required), and fields that requests do not set or that are not told here.',
    'CrateSerializer with rank (string, required, one of "a", "b"), label (string, required, 1 to 20 characters), and fields that requests do not set or that are not told here.',
  ])
})

test('a schema whose fields are of a table that is not read says so, and an answer of its own class is nothing kept [SPEC-PACKS-01]', async () => {
  const found = await modelsOf({
    'requirements.txt': 'flask\nmarshmallow\nflask-marshmallow\n',
    'app.py': `
from flask import Flask, Response, request
from flask_marshmallow import Marshmallow
from marshmallow import Schema, fields
app = Flask(__name__)
ma = Marshmallow(app)

class Moment(fields.DateTime):
    pass

class Crates(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = object

class Lot(Schema):
    start = Moment()
    name = fields.String(required=True)

class Refused(Response):
    def __init__(self):
        super().__init__('no', status=400)

@app.post('/crates')
def add():
    Crates().load(request.get_json())
    return Refused()

@app.post('/lots')
def lots():
    Lot().load(request.get_json())
    return {}
`,
  })
  expect(found.toSorted()).toEqual([
    'Crates with fields that are not told here.',
    'Lot with start (string), name (string, required).',
  ])
})

test('a text with constants beside it is a text and no model [SPEC-PACKS-01]', async () => {
  const found = await modelsOf({
    'requirements.txt': 'fastapi\npydantic>=2\n',
    'app.py': `
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
class Right(str):
    read = 'read'
    write = 'write'
class Crate(BaseModel):
    right: Right
@app.post("/crates")
def add(crate: Crate):
    return crate
`,
  })
  expect(found).toEqual(['Crate with right (string, required).'])
})
