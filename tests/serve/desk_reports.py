"""Reports for the tests of the desk: invented, short, with edits of several kinds."""

TEXT = """青河市人民政府办公室2019年政府信息公开工作年度报告

一、概述

全年收到申请12件,办结11件,结转1件(含上年)。

二、收到和处理申请情况

共收到申请30件：网络申请20件，信函申请5件。

公开渠道建设

新建档案室，面积120m2。

青河市人民政府办公室

2020年1月8日
"""
SOURCE = TEXT.encode()
NAME = "青河年报.txt"
