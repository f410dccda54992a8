"""A short response in English and its Welsh copy."""

ENGLISH = """# Response to the custody inspection

Force: Netherby Police
Date of response: 14 May 2031

## Recommendation 1

*By 30 June 2031 the force should inspect its 12 cells.*

Recommendation 1 is complete. All 12 cells were inspected by 3 April 2031, and 75% of staff are trained.
"""
WELSH = """# Ymateb i'r arolygiad o'r ddalfa

Force: Netherby Police
Dyddiad yr ymateb: 14 Mai 2031

## Argymhelliad 1

*Erbyn 30 Mehefin 2031 dylai'r heddlu arolygu pob un o'i 12 cell.*

Mae argymhelliad 1 wedi ei gwblhau. Mae pob un o'r 12 cell wedi cael eu harolygu erbyn 3 Ebrill 2031 gan yr
heddlu, ac mae 75% o'r staff wedi cael hyfforddiant gyda'r cynllun hwn.
"""
