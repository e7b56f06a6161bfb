"""Where the cities of the tables are."""

from __future__ import annotations

CITIES = {
    "Paris": ("France", 48.85341, 2.3488),
    "Versailles": ("France", 48.8049, 2.1204),
    "Lyon": ("France", 45.74846, 4.84671),
    "London": ("United Kingdom", 51.50853, -0.12574),
    "Berlin": ("Germany", 52.52437, 13.41053),
    "Houston": ("United States", 29.76328, -95.36327),
    "Paris Texas": ("United States", 33.66094, -95.55551),
    "Suva": ("Fiji", -18.14161, 178.44149),
    "Taveuni": ("Fiji", -16.8, -179.95),
    "Seoul": ("Korea, Republic of", 37.566, 126.9784),
    "Tromsø": ("Norway", 69.6489, 18.95508),
    "Hefei": ("China", 31.86389, 117.28083),
    "Kraków": ("Poland", 50.06143, 19.93658),
    "Kolkata": ("India", 22.56263, 88.36304),
    "Phoenix": ("United States", 33.44838, -112.07404),
    "New York": ("United States", 40.71427, -74.00597),
    "Guangzhou": ("China", 23.11667, 113.25),
    "Shanghai": ("China", 31.22222, 121.45806),
    "Rome": ("Italy", 41.89193, 12.51133),
    "Taichung": ("Taiwan", 24.1469, 120.6839),
    "Birmingham": ("United Kingdom", 52.48142, -1.89983),
    "Dallas": ("United States", 32.78306, -96.80667),
    "Atlanta": ("United States", 33.749, -84.38798),
    "Irvine": ("United States", 33.66946, -117.82311),
    "Amiens": ("France", 49.9, 2.3),
    "Randwick": ("Australia", -33.91439, 151.24895),
    "Plymouth": ("United Kingdom", 50.37153, -4.14305),
}
"""Country, latitude and longitude, in degrees."""
