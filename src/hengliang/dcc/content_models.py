"""The content models of the schemas as they are written: one line each, in the notation of `grammar`.

Source: DCC 2.3.0 to 3.3.0, D-SI 1.0.1 to 2.2.1 (PTB), complex types; own wording of their facts.
"""

_RICH = "name? (content|file|formula)*"
_TAIL = "usedMethods? usedSoftware? measuringEquipments? influenceConditions? measurementMetaData?"
_SI_VALUE = "(noQuantity|charsXMLList|real|list|hybrid|complex|constant|realListXMLList|complexListXMLList)"
_BYTES = "name? description? fileName mimeType dataBase64"

# Content models by first version; the latest one not newer than the document counts.
DCC_MODELS: dict[str, tuple[tuple[str, str], ...]] = {
    "digitalCalibrationCertificate": (
        ("2.3.0", "administrativeData measurementResults comment? document?"),
        ("3.2.0", "administrativeData measurementResults comment? document? Signature*"),
    ),
    "administrativeData": (
        ("2.3.0", "& dccSoftware coreData items calibrationLaboratory respPersons customer statements?"),
        (
            "3.2.0",
            "& dccSoftware refTypeDefinitions? coreData items calibrationLaboratory respPersons customer statements?",
        ),
    ),
    "softwareList": (("2.3.0", "software+"),),
    "software": (("2.3.0", "name release description*"), ("3.1.0", "name release type? description?")),
    "refTypeDefinitions": (("3.2.0", "refTypeDefinition+"),),
    "refTypeDefinition": (("3.2.0", "name description? namespace link release? value? procedure?"),),
    "coreData": (
        (
            "2.3.0",
            "countryCodeISO3166_1 usedLangCodeISO639_1+ mandatoryLangCodeISO639_1+ uniqueIdentifier identifications? "
            "receiptDate? beginPerformanceDate endPerformanceDate previousReport?",
        ),
        (
            "3.0.0",
            "countryCodeISO3166_1 usedLangCodeISO639_1+ mandatoryLangCodeISO639_1+ uniqueIdentifier identifications? "
            "receiptDate? beginPerformanceDate endPerformanceDate performanceLocation previousReport?",
        ),
        (
            "3.2.0",
            "countryCodeISO3166_1 usedLangCodeISO639_1+ mandatoryLangCodeISO639_1+ uniqueIdentifier identifications? "
            "receiptDate? beginPerformanceDate endPerformanceDate performanceLocation issueDate? previousReport?",
        ),
        (
            "3.2.1",
            "countryCodeISO3166_1 usedLangCodeISO639_1+ mandatoryLangCodeISO639_1+ uniqueIdentifier identifications? "
            "receiptDate? beginPerformanceDate endPerformanceDate performanceLocation issueDate? "
            "reportAmendedSubstituted? previousReport?",
        ),
    ),
    "reportAmendedSubstituted": (("3.2.1", "typeOfChange replacedUniqueIdentifier"),),
    "equipmentClass": (("2.3.0", "reference classID"), ("3.3.0", "reference classID link?")),
    "items": (
        ("2.3.0", "name? equipmentClass? description? owner? identifications? item+"),
        ("3.2.0", "name? equipmentClass* description? owner? identifications? item+"),
        ("3.2.1", "name? equipmentClass* description? owner? manufacturer? identifications? item+"),
    ),
    "item": (
        ("2.3.0", "name equipmentClass? description+ descriptionData* manufacturer model? identifications"),
        ("3.0.0", "name equipmentClass? description? manufacturer model? identifications"),
        ("3.1.0", "name equipmentClass? description? installedSoftwares? manufacturer model? identifications"),
        (
            "3.2.0",
            "name equipmentClass* description? installedSoftwares? manufacturer model? identifications itemQuantities?",
        ),
        (
            "3.2.1",
            "name equipmentClass* description? installedSoftwares? manufacturer? model? identifications "
            "itemQuantities?",
        ),
        (
            "3.3.0",
            "name equipmentClass* description? owner? installedSoftwares? manufacturer? model? identifications "
            "itemQuantities? subItems?",
        ),
    ),
    "itemQuantities": (("3.2.0", "itemQuantity+"),),
    "identifications": (("2.3.0", "identification+"),),
    "identification": (("2.3.0", "issuer value description?"), ("3.0.0", "issuer value name?")),
    "calibrationLaboratory": (
        ("2.3.0", "calibrationLaboratoryCode? contact+"),
        ("3.0.0", "calibrationLaboratoryCode? contact"),
        (
            "3.2.0",
            "calibrationLaboratoryCode? contact cryptElectronicSeal? cryptElectronicSignature? "
            "cryptElectronicTimeStamp?",
        ),
    ),
    "contact": (
        ("2.3.0", "name eMail phone? fax? location descriptionData?"),
        ("3.2.0", "name eMail? phone? fax? location descriptionData?"),
        ("3.3.0", "name eMail? phone? fax? link? location descriptionData?"),
    ),
    "looseContact": (
        ("2.3.0", "name eMail? phone? fax? location? descriptionData?"),
        ("3.3.0", "name eMail? phone? fax? link? location? descriptionData?"),
    ),
    "location": (
        (
            "2.3.0",
            "(city|countryCode|postCode|postOfficeBox|state|street|streetNo|further|positionCoordinates)+",
        ),
    ),
    "respPersons": (("2.3.0", "respPerson+"),),
    "respPerson": (
        (
            "2.3.0",
            "person description? mainSigner? cryptElectronicSeal? cryptElectronicSignature? cryptElectronicTimeStamp?",
        ),
        (
            "3.0.0",
            "person description? role? mainSigner? cryptElectronicSeal? cryptElectronicSignature? "
            "cryptElectronicTimeStamp?",
        ),
    ),
    "statements": (("2.3.0", "statement+"),),
    "measurementMetaData": (("2.3.0", "metaData+"),),
    "statement": (
        (
            "2.3.0",
            "countryCodeISO3166_1* convention? traceable? norm? reference? declaration? valid? refId? date? period?",
        ),
        (
            "3.0.0",
            "countryCodeISO3166_1* convention? traceable? norm* reference* declaration? valid? date? period? "
            "respAuthority? (conformity|conformityXMLList)? data? nonSIDefinition? nonSIUnit? location?",
        ),
        (
            "3.2.0",
            "name? description? countryCodeISO3166_1* convention? traceable? norm* reference* declaration? "
            "(valid|validXMLList)? date? period? respAuthority? (conformity|conformityXMLList)? data? "
            "nonSIDefinition? nonSIUnit? location?",
        ),
        (
            "3.3.0",
            "name? description? countryCodeISO3166_1* convention? traceable? norm* reference* link* declaration? "
            "(valid|validXMLList)? date? period? respAuthority? (conformity|conformityXMLList)? data? "
            "nonSIDefinition? nonSIUnit? location?",
        ),
    ),
    "measurementResults": (
        ("2.3.0", "measurementResult+"),
        (
            "3.3.0",
            "usedMethods? usedSoftware? measuringEquipments? influenceConditions? measurementMetaData? "
            "measurementResult+",
        ),
    ),
    "measurementResult": (
        ("2.3.0", "usedMethods? usedSoftware? measuringEquipments? influenceConditions? results"),
        (
            "3.0.0",
            "name description? usedMethods? usedSoftware? measuringEquipments? influenceConditions? results "
            "measurementMetaData?",
        ),
    ),
    "usedMethods": (("2.3.0", "usedMethod+"),),
    "usedMethod": (
        ("2.3.0", "name description+ norm*"),
        ("3.0.0", "name description? norm*"),
        ("3.1.0", "name description? norm* reference*"),
        ("3.3.0", "name description? norm* reference* link* usedMethodQuantities?"),
    ),
    "usedMethodQuantities": (("3.3.0", "usedMethodQuantity+"),),
    "measuringEquipments": (
        ("2.3.0", "measuringEquipment+"),
        ("3.1.0", "name? equipmentClass? description? owner? identifications? measuringEquipment+"),
        ("3.2.0", "name? equipmentClass* description? owner? identifications? measuringEquipment+"),
    ),
    "measuringEquipment": (
        (
            "2.3.0",
            "name equipmentClass? description* descriptionData* certificate? manufacturer? model? identifications?",
        ),
        ("3.0.0", "name equipmentClass? description? certificate? manufacturer? model? identifications?"),
        (
            "3.1.0",
            "name equipmentClass* description? certificate? manufacturer? model? identifications? "
            "measuringEquipmentQuantities?",
        ),
        (
            "3.3.0",
            "name equipmentClass* description? certificate? manufacturer? model? identifications? "
            "measuringEquipmentQuantities? installedSoftware?",
        ),
    ),
    "measuringEquipmentQuantities": (("3.1.0", "measuringEquipmentQuantity+"),),
    "influenceConditions": (("2.3.0", "influenceCondition+"),),
    "influenceCondition": (
        ("2.3.0", "name description? state? data"),
        ("3.0.0", "name description? status? data"),
        ("3.1.0", "name description? status? certificate? data"),
    ),
    "results": (("2.3.0", "result+"),),
    "result": (("2.3.0", "name description? data"),),
    "data": (("2.3.0", "(text|formula|byteData|xml|quantity|list)+"),),
    "quantity": (
        ("2.3.0", f"name? {_SI_VALUE} usedMethods? usedSoftware? influenceConditions? measurementMetaData?"),
        ("3.0.0", f"name? description? {_SI_VALUE} {_TAIL}"),
        ("3.1.0", f"name? description? {_SI_VALUE} relativeUncertainty? {_TAIL}"),
    ),
    "list": (
        (
            "2.3.0",
            "name? dateTime? (list|quantity)+ usedMethods? usedSoftware? influenceConditions? measurementMetaData?",
        ),
        ("3.0.0", f"name? description? (dateTime|dateTimeXMLList)? (list|quantity)+ {_TAIL}"),
    ),
    "relativeUncertainty": (("3.1.0", "(relativeUncertaintyXmlList|relativeUncertaintySingle)"),),
    "referral": (
        ("2.3.0", "reference referenceID procedure value linkedReport?"),
        ("3.0.0", "referral referralID procedure value linkedReport?"),
        ("3.2.0", "referral referralID procedure value description? inValidityRange? traceable? linkedReport?"),
    ),
    "text": (("2.3.0", "content+"),),
    "rich": (("2.3.0", _RICH),),
    "bytes": (("2.3.0", "name description fileName mimeType data"), ("3.0.0", _BYTES)),
}
_COVER = "coverageFactor coverageProbability distribution?"
_COVERS = "coverageFactorXMLList coverageProbabilityXMLList distributionXMLList?"
_REGIONS = "(ellipsoidalRegionMUXMLList|rectangularRegionMUXMLList)?"
SI_MODELS: dict[str, str] = {
    "real": "label? (quantityType|quantityTypeQUDT)? value unit significantDigit? dateTime? "
    "(measurementUncertaintyUnivariate|expandedUnc|coverageInterval)?",
    "constant": "label? (quantityType|quantityTypeQUDT)? value unit significantDigit? dateTime? "
    "valueStandardMU? uncertainty? distribution?",
    "expandedUnc": f"uncertainty {_COVER}",
    "coverageInterval": "standardUnc intervalMin intervalMax coverageProbability distribution?",
    "measurementUncertaintyUnivariate": "(standardMU|expandedMU|coverageIntervalMU)",
    "standardMU": "valueStandardMU distribution?",
    "expandedMU": f"valueExpandedMU {_COVER}",
    "coverageIntervalMU": "valueStandardMU intervalMin intervalMax coverageProbability distribution?",
    "hybrid": "(real|complex|list|realList|realListXMLList|complexList|complexListXMLList|constant)+",
    "realListXMLList": "labelXMLList? (quantityTypeXMLList|quantityTypeQUDTXMLList)? valueXMLList unitXMLList "
    "significantDigitXMLList? dateTimeXMLList? "
    "(measurementUncertaintyUnivariateXMLList|expandedUncXMLList|coverageIntervalXMLList)? "
    "(measurementUncertaintyMultivariateXMLList|ellipsoidalRegionXMLList|rectangularRegionXMLList)?",
    "expandedUncXMLList": f"uncertaintyXMLList {_COVERS}",
    "coverageIntervalXMLList": "standardUncXMLList intervalMinXMLList intervalMaxXMLList "
    "coverageProbabilityXMLList distributionXMLList?",
    "measurementUncertaintyUnivariateXMLList": "(standardMUXMLList|expandedMUXMLList|coverageIntervalMUXMLList)",
    "standardMUXMLList": "valueStandardMUXMLList distributionXMLList?",
    "expandedMUXMLList": f"valueExpandedMUXMLList {_COVERS}",
    "coverageIntervalMUXMLList": "valueStandardMUXMLList intervalMinXMLList intervalMaxXMLList "
    "coverageProbabilityXMLList distributionXMLList?",
    "measurementUncertaintyMultivariateXMLList": _REGIONS,
    "ellipsoidalRegionMUXMLList": f"covarianceMatrixXMLList {_COVERS}",
    "rectangularRegionMUXMLList": f"covarianceMatrixXMLList {_COVERS}",
    "ellipsoidalRegionXMLList": f"covarianceMatrix {_COVER}",
    "rectangularRegionXMLList": f"covarianceMatrix {_COVER}",
    "covarianceMatrixXMLList": "columnXMLList+",
    "columnXMLList": "covarianceXMLList+",
    "covarianceXMLList": "valueXMLList unitXMLList",
    "covarianceMatrix": "column+",
    "column": "covariance+",
    "covariance": "value unit",
}
SAME: dict[str, tuple[str, ...]] = {
    "softwareList": ("dccSoftware", "usedSoftware", "installedSoftware", "installedSoftwares"),
    "items": ("subItems",),
    "contact": ("customer", "respAuthority", "owner"),
    "looseContact": ("manufacturer", "person"),
    "statement": ("metaData",),
    "quantity": ("itemQuantity", "measuringEquipmentQuantity", "usedMethodQuantity"),
    "referral": ("certificate", "previousReport", "linkedReport"),
    "text": ("name",),
    "rich": ("description", "declaration", "further", "noQuantity", "text"),
    "bytes": ("byteData", "file", "document", "descriptionData"),
}
