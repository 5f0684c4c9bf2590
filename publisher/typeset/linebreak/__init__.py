"""Line breaking for Chinese text: where lines may end, which breaks are best, how lines are justified and painted."""

from publisher.system import compiled_modules

compiled_modules.install(__name__, __path__)
