"""Line breaking for Chinese text: where lines may end, which breaks are best, how lines are justified and painted."""
